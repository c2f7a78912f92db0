package io.presence.internal.mailbox;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.internal.store.Actions;
import io.presence.internal.store.State;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription has yet to be told of one presence: from the state that it was told last, to the one that it is to
 * be told. Steps that follow each other become one; a stay that began and ended untold becomes nothing.
 *
 * <p>If another life has begun since the one that was told, there is an EXIT to tell of that and an ENTER of this.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
final class Pending {

    private final String id;
    private final long first;
    private long last;
    private @Nullable State told;
    private @Nullable State latest;
    private int actions;
    private long revision;
    /* The end of the stay that was told, if it has ended since. */
    private @Nullable Cause cause;
    private int leavingActions;
    private long left;

    /* The neighbours in the order of first steps. */
    @Nullable Pending next;

    @Nullable Pending previous;

    Pending(Step step, boolean seesBefore, boolean seesAfter, @Nullable Cause cause) {
        this.id = step.id();
        this.first = step.revision();
        this.told = seesBefore ? step.before() : null;
        add(step, seesAfter, cause);
    }

    String id() {
        return id;
    }

    /** The revision of the first step that is part of it. */
    long first() {
        return first;
    }

    /** The revision of the last step that is part of it. */
    long last() {
        return last;
    }

    /** What the listener was told last. */
    @Nullable State told() {
        return told;
    }

    /** Tells whether what it is to be told is what a later change starts from. */
    boolean leadsTo(@Nullable State from) {
        return latest == from;
    }

    /** Tells whether there is nothing to tell, any longer or after all. */
    boolean isSettled() {
        return told == latest;
    }

    /** Adds a later step of the presence, in sight before if this says so. */
    void add(Step step, boolean seesAfter, @Nullable Cause why) {
        last = step.revision();
        if (seesAfter) {
            extend(requireNonNull(step.after()), step.actions(), step.revision());
        } else {
            leave(requireNonNull(step.before()), requireNonNull(why), step.actions(), step.revision());
        }
    }

    /** Adds what is later pending of the same presence. */
    void add(Pending later) {
        last = later.last;
        if (later.cause != null) {
            leave(requireNonNull(later.told), later.cause, later.leavingActions, later.left);
        }
        State now = later.latest;
        if (now != null) {
            extend(now, later.actions, later.revision);
        }
    }

    private void extend(State now, int done, long atRevision) {
        boolean continues = latest != null || isOfToldLife(now);
        actions = continues ? actions | done : done;
        latest = now;
        revision = atRevision;
    }

    private void leave(State last, Cause why, int done, long atRevision) {
        if (isOfToldLife(last)) {
            cause = why;
            leavingActions = done;
            left = atRevision;
        }
        latest = null;
    }

    private boolean isOfToldLife(State state) {
        State known = told;
        return known != null && known.incarnation() == state.incarnation();
    }

    /**
     * Returns the next event to deliver, which {@link #eventTaken} then counts as delivered. There is another unless this
     * {@linkplain #isSettled is settled} then.
     *
     * @param named the one action of the channel, or null
     */
    PresenceEvent nextEvent(@Nullable Action named) {
        State now = latest;
        State known = told;
        if (now == null || isOfAnotherLife(now)) {
            return new PresenceEvent(
                    left, Actions.told(named, leavingActions), Change.EXIT, cause, requireNonNull(known), null);
        }
        Change change = known == null ? Change.ENTER : Change.UPDATE;
        return new PresenceEvent(revision, Actions.told(named, actions), change, null, now, known);
    }

    /** Counts the {@linkplain #nextEvent next event} as delivered. */
    void eventTaken() {
        State now = latest;
        told = now == null || isOfAnotherLife(now) ? null : now;
    }

    private boolean isOfAnotherLife(State now) {
        return told != null && !isOfToldLife(now);
    }
}
