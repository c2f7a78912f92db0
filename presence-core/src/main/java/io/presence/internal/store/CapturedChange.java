package io.presence.internal.store;

import io.presence.PresenceEvent.Cause;
import org.jspecify.annotations.Nullable;

/**
 * The change of an incarnation since its last capture: the state dispatched last, the newest state and the end, if
 * any. One object serves many captures, so that a capture allocates nothing, whatever the compiler inlines.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
public final class CapturedChange {

    private @Nullable PresenceState from;
    private @Nullable PresenceState last;
    private @Nullable Cause end;
    private int actions;
    private boolean isRemote;

    /** Sets all parts. Cannot fail. */
    void set(
            @Nullable PresenceState newFrom,
            @Nullable PresenceState newLast,
            @Nullable Cause newEnd,
            int newActions,
            boolean newIsRemote) {
        from = newFrom;
        last = newLast;
        end = newEnd;
        actions = newActions;
        isRemote = newIsRemote;
    }

    /** The state dispatched last, or null. */
    public @Nullable PresenceState from() {
        return from;
    }

    /** The newest state; null only before the first is published. */
    public @Nullable PresenceState last() {
        return last;
    }

    /** The cause of the end, or null if it is alive. */
    public @Nullable Cause end() {
        return end;
    }

    /** The actions since the last capture, as a mask of {@link ActionSet}. */
    public int actions() {
        return actions;
    }

    /** Whether another node owns the incarnation, or has ended it. */
    public boolean isRemote() {
        return isRemote;
    }
}
