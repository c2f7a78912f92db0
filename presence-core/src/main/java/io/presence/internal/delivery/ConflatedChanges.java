package io.presence.internal.delivery;

import io.presence.PresenceEvent.Cause;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription has yet to be told, at most once per presence, in the order in which the first change of each
 * came: a presence that changes all the time is not put off for ever.
 *
 * <p><b>Cost.</b> Each change O(1): the few are searched, the many hashed.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
final class ConflatedChanges {

    /* Up to here a search costs no more than a map would, and most have one or two. */
    private static final int FEW = 8;

    private @Nullable PendingChange head;
    private @Nullable PendingChange tail;
    private @Nullable Map<String, PendingChange> byId;
    private int size;

    /** What became of a change. */
    enum Outcome {
        /** It waits. */
        WAITS,
        /** It became part of another that waits. */
        MERGED,
        /** Together with what waited there is nothing to tell. */
        ANNIHILATED
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

    /** An estimate of the bytes that the changes keep which nothing else does. */
    long weight(RetentionPolicy keeping) {
        long bytes = 0;
        for (PendingChange each = head; each != null; each = each.next) {
            bytes += each.weight(keeping);
        }
        return bytes;
    }

    /** Adds a step after all that was added. */
    Outcome add(StateChange step, FilterResult before, FilterResult after, @Nullable Cause cause) {
        PendingChange waiting = find(step.id());
        if (waiting == null) {
            link(new PendingChange(step, before, after, cause));
            return Outcome.WAITS;
        }
        if (!waiting.leadsTo(step, before)) {
            return replaced(waiting, new PendingChange(step, before, after, cause));
        }
        waiting.add(step, before, after, cause);
        return merged(waiting);
    }

    /* On a channel that leaves out steps there may be no way from the one to the other. */
    private Outcome replaced(PendingChange waiting, PendingChange later) {
        remove(waiting);
        link(later);
        return Outcome.MERGED;
    }

    /** Adds what waits later. */
    Outcome add(PendingChange later) {
        PendingChange waiting = find(later.id());
        later.next = null;
        later.previous = null;
        if (waiting == null) {
            link(later);
            return Outcome.WAITS;
        }
        if (!waiting.leadsTo(later)) {
            return replaced(waiting, later);
        }
        waiting.add(later);
        return merged(waiting);
    }

    private Outcome merged(PendingChange waiting) {
        if (waiting.isSettled()) {
            remove(waiting);
            return Outcome.ANNIHILATED;
        }
        return Outcome.MERGED;
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

    private void link(PendingChange made) {
        made.previous = tail;
        if (tail == null) {
            head = made;
        } else {
            tail.next = made;
        }
        tail = made;
        size++;
        if (byId != null) {
            byId.put(made.id(), made);
        } else if (size > FEW) {
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

    /** Takes one out. */
    void remove(PendingChange gone) {
        PendingChange before = gone.previous;
        PendingChange after = gone.next;
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
            byId.remove(gone.id());
        }
    }
}
