package io.presence.internal.bus;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.internal.store.Actions;
import io.presence.internal.store.State;
import org.jspecify.annotations.Nullable;

/**
 * One dispatched step of one presence, from what subscriptions were told of to what they are to be told.
 *
 * <p>It makes the events for them and keeps the last one made, since most subscriptions get the same.
 *
 * <p><b>Threads.</b> Dispatcher only; the events are immutable.
 */
final class Step {

    private final long revision;
    private final @Nullable State before;
    private final @Nullable State after;
    private final @Nullable Cause end;
    private final int actions;
    private @Nullable PresenceEvent last;

    /**
     * Describes a step.
     *
     * @param before the state told last, or null
     * @param after the state to tell, or null
     * @param end why there is no {@code after}; null if there is one
     * @param actions what was done, as a mask of {@link Actions}
     */
    Step(long revision, @Nullable State before, @Nullable State after, @Nullable Cause end, int actions) {
        this.revision = revision;
        this.before = before;
        this.after = after;
        this.end = end;
        this.actions = actions;
    }

    long revision() {
        return revision;
    }

    @Nullable State before() {
        return before;
    }

    @Nullable State after() {
        return after;
    }

    /** Tells whether a channel of one action, or of every action if null, carries this step. */
    boolean isOn(@Nullable Action action) {
        return action == null || (actions & Actions.mask(action)) != 0;
    }

    /**
     * Returns the event for a subscription that sees the presence before or after this step, or both.
     *
     * @param subscription whom it is for
     * @param seesBefore whether it sees the state before
     * @param seesAfter whether it sees the state after
     */
    PresenceEvent eventFor(LiveSubscription subscription, boolean seesBefore, boolean seesAfter) {
        Action named = subscription.channel().action();
        Action action = named == null ? Actions.dominant(actions) : named;
        PresenceEvent made;
        if (seesAfter) {
            made = seesBefore
                    ? event(action, Change.UPDATE, null, after, before)
                    : event(action, Change.ENTER, null, after, null);
        } else {
            made = event(action, Change.EXIT, causeFor(subscription), before, null);
        }
        last = made;
        return made;
    }

    private Cause causeFor(LiveSubscription subscription) {
        if (after == null) {
            return requireNonNull(end);
        }
        return subscription.canRead(after) ? Cause.NO_LONGER_MATCHES : Cause.NO_LONGER_READABLE;
    }

    private PresenceEvent event(
            Action action, Change change, @Nullable Cause cause, @Nullable State shown, @Nullable State previous) {
        PresenceEvent made = last;
        if (made != null && made.action() == action && made.change() == change && made.cause() == cause) {
            return made;
        }
        return new PresenceEvent(revision, action, change, cause, requireNonNull(shown), previous);
    }
}
