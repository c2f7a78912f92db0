package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * What happened to an entry since the dispatcher last looked: from the state it dispatched, perhaps over the end of
 * that life, to the state now.
 *
 * @param from the state dispatched last, or null
 * @param ending the end of that life, or null if it goes on
 * @param to the state now, or null
 * @param actions what was done to {@code to} since, as a mask of {@link Actions}
 */
public record Capture(
        @Nullable State from,
        @Nullable Ending ending,
        @Nullable State to,
        int actions) {

    /** Tells whether there is nothing to dispatch. */
    public boolean isEmpty() {
        return ending == null && from == to;
    }
}
