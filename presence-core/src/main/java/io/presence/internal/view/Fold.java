package io.presence.internal.view;

import io.presence.PresenceEvent;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of a view by key, folded from the events of its presences. Equal sets of presences give equal values.
 *
 * <p><b>Threads.</b> {@link #apply} and {@link #clear} by the dispatcher, the rest by any thread.
 *
 * @param <V> the type of values: immutable, compared by {@code equals}
 */
interface Fold<V> {

    /**
     * Applies an event.
     *
     * @param touching called with each key whose value may change, before it does
     */
    void apply(PresenceEvent event, Consumer<Object> touching);

    /** Returns the value of a key, or null if there is none. */
    @Nullable V get(Object key);

    /** Returns an iterator over all keys that have a value throughout the iteration, and possibly others. */
    Iterator<?> keys();

    /** Returns the text form of a key, different for different keys. */
    String id(Object key);

    /** Removes all values. */
    void clear();
}
