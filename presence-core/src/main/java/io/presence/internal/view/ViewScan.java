package io.presence.internal.view;

import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.internal.delivery.StateChange;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An incremental scan that brings a follower from the values of one view to those of another: from none, which is a
 * snapshot, or from the view of a former principal. Both views change between slices.
 *
 * <p>A key is moved when the scan visits it, or when the second view changes it. Before that, the follower has its
 * value of the first view; afterwards, that of the second. A key that enters the first view meanwhile is not delivered
 * until it is moved.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class ViewScan {

    private final ViewSubscription follower;
    private final int epoch;
    private final @Nullable View from;
    private final View to;
    private final Set<Object> moved = new HashSet<>();
    /* The keys that entered the first view during the scan, whose iterator can miss them. */
    private final Set<Object> hidden = new HashSet<>();
    /* Null until both views are settled: the keys of a view that is being built are not iterated. */
    private @Nullable Iterator<?> remaining;
    private boolean isInSecond;

    /**
     * Creates a scan before the first key.
     *
     * @param from the view of the former principal, or null for a snapshot
     */
    ViewScan(ViewSubscription follower, @Nullable View from, View to) {
        this.follower = follower;
        this.epoch = follower.syncEpoch();
        this.from = from;
        this.to = to;
    }

    ViewSubscription follower() {
        return follower;
    }

    @Nullable View from() {
        return from;
    }

    /** Returns whether the scan is obsolete: the subscription has been closed or is being reset. */
    boolean isVoid() {
        return !follower.isOpen() || follower.syncEpoch() != epoch;
    }

    /** Returns whether the scan can advance. A follower that switches its principal is held and drains nothing. */
    boolean canAdvance() {
        boolean isSettled = to.isSettled() && (from == null || from.isSettled());
        return isVoid() || (isSettled && (from != null || follower.hasCapacity()));
    }

    /**
     * Advances the scan.
     *
     * @param budget the number of keys that it may visit
     * @param revision the revision of the last dispatched change
     * @return the number of visited keys
     */
    int advance(int budget, long revision) {
        int count = 0;
        while (count < budget && !isVoid() && canAdvance() && hasNext()) {
            Object key = Objects.requireNonNull(remaining).next();
            if (moved.add(key)) {
                move(key, to.fold().get(key), revision, Cause.NO_LONGER_READABLE);
            }
            count++;
        }
        return count;
    }

    /** Returns whether each key has been visited. */
    boolean isAtEnd() {
        return isVoid() || (canAdvance() && !hasNext());
    }

    private boolean hasNext() {
        if (remaining == null) {
            remaining = (from == null ? to : from).fold().keys();
            isInSecond = from == null;
        }
        if (!remaining.hasNext() && !isInSecond) {
            remaining = to.fold().keys();
            isInSecond = true;
        }
        return remaining.hasNext();
    }

    /** Delivers a change of one of the views. */
    void changed(View origin, Object key, StateChange stateChange, Change visible, @Nullable Object after) {
        if (origin == to && moved.add(key)) {
            Cause cause = after == null ? stateChange.causeFor(follower.access()) : Cause.NO_LONGER_READABLE;
            move(key, after, stateChange.revision(), cause);
        } else if (origin == to || isInFirst(key, visible)) {
            follower.deliver(stateChange, visible);
        }
    }

    private boolean isInFirst(Object key, Change visible) {
        if (moved.contains(key)) {
            return false;
        }
        if (visible == Change.ENTER) {
            hidden.add(key);
        }
        return !hidden.contains(key);
    }

    private void move(Object key, @Nullable Object after, long revision, Cause cause) {
        Object before = from == null || hidden.contains(key) ? null : from.published(key);
        if (!Objects.equals(before, after)) {
            follower.deliver(
                    to.stateChange(key, before, after, revision, cause),
                    StateChange.visibility(before != null, after != null));
        }
    }
}
