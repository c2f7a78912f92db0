package io.presence.bench.system.peer;

import org.jspecify.annotations.Nullable;

/** What users write by hand to have listeners told of what changed in a cache. */
public interface HandMadeBus {
    /** Adds a listener. */
    void listen(Interest interest, RowListener listener);

    /** Tells whom it concerns that a row came, was written, or went. */
    void changed(@Nullable Row before, @Nullable Row after);
}
