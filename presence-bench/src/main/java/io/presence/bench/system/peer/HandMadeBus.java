package io.presence.bench.system.peer;

import org.jspecify.annotations.Nullable;

/** The code that users write by hand to deliver the changes of a cache to listeners. */
public interface HandMadeBus {

    /** Adds a listener. */
    void listen(Interest interest, RowListener listener);

    /** Delivers the creation, the update or the removal of a row to the listeners that match it. */
    void changed(@Nullable Row before, @Nullable Row after);
}
