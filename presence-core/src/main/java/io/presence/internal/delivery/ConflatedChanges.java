package io.presence.internal.delivery;

import io.presence.PresenceEvent.Cause;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pending changes of a subscription, conflated to one per presence. They are in the order of the first change of
 * each presence, so that a presence that changes constantly is not starved.
 *
 * <p><b>Cost.</b> O(1) for each change: a linear search of up to {@value #MAX_UNINDEXED} changes, a hash map for more.
 *
 * <p><b>Threads.</b> One thread at a time.
 */
final class ConflatedChanges {

    private static final int MAX_UNINDEXED = 8;

    private @Nullable PendingChange head;
    private @Nullable PendingChange tail;
    private @Nullable Map<String, PendingChange> byId;
    private int size;

    /** The effect of adding a change. */
    enum Outcome {
        /** No other change of the presence was pending, so the added change is pending separately. */
        PENDING,
        /** It was conflated with a pending change. */
        CONFLATED,
        /** The added change and the pending change cancelled each other out. */
        CANCELLED_OUT
    }

    int size() {
        return size;
    }

    @Nullable PendingChange peek() {
        return head;
    }

    @Nullable PendingChange last() {
        return tail;
    }

    /** Returns an estimate of the bytes that only these changes retain. */
    long weight(RetentionPolicy policy) {
        long bytes = 0;
        for (PendingChange each = head; each != null; each = each.next) {
            bytes += each.weight(policy);
        }
        return bytes;
    }

    /** Adds a change that is later than all others. */
    Outcome add(StateChange change, FilterResult before, FilterResult after, @Nullable Cause cause) {
        PendingChange pending = find(change.id());
        if (pending == null) {
            link(new PendingChange(change, before, after, cause));
            return Outcome.PENDING;
        }
        if (!pending.isContinuedBy(change, before)) {
            return replace(pending, new PendingChange(change, before, after, cause));
        }
        pending.add(change, before, after, cause);
        return conflated(pending);
    }

    /* A channel of one action leaves out changes, so that a later change need not start from the pending one. */
    private Outcome replace(PendingChange pending, PendingChange later) {
        remove(pending);
        link(later);
        return Outcome.CONFLATED;
    }

    /** Adds a pending change that is later than all others. */
    Outcome add(PendingChange later) {
        PendingChange pending = find(later.id());
        later.next = null;
        later.previous = null;
        if (pending == null) {
            link(later);
            return Outcome.PENDING;
        }
        if (!pending.isContinuedBy(later)) {
            return replace(pending, later);
        }
        pending.add(later);
        return conflated(pending);
    }

    private Outcome conflated(PendingChange pending) {
        if (pending.isNoOp()) {
            remove(pending);
            return Outcome.CANCELLED_OUT;
        }
        return Outcome.CONFLATED;
    }

    private @Nullable PendingChange find(String id) {
        if (byId != null) {
            return byId.get(id);
        }
        PendingChange each = head;
        while (each != null && !each.id().equals(id)) {
            each = each.next;
        }
        return each;
    }

    private void link(PendingChange added) {
        added.previous = tail;
        if (tail == null) {
            head = added;
        } else {
            tail.next = added;
        }
        tail = added;
        size++;
        if (byId != null) {
            byId.put(added.id(), added);
        } else if (size > MAX_UNINDEXED) {
            index();
        }
    }

    private void index() {
        Map<String, PendingChange> all = new HashMap<>();
        for (PendingChange each = head; each != null; each = each.next) {
            all.put(each.id(), each);
        }
        byId = all;
    }

    /** Removes a change. */
    void remove(PendingChange removed) {
        PendingChange before = removed.previous;
        PendingChange after = removed.next;
        if (before == null) {
            head = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            tail = before;
        } else {
            after.previous = before;
        }
        size--;
        if (byId != null) {
            byId.remove(removed.id());
        }
    }
}
