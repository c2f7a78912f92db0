package io.presence.internal.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All known ownerships by the id of the presence: usually one for each id, and more while nodes do not agree yet.
 *
 * <p><b>Which one counts.</b> The presence that was created first decides the user. Among the ownerships of that user,
 * the one that was taken last counts. Both orders are total and depend on nothing but the ownerships, so nodes that
 * know the same ones agree.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Ownerships {

    private final Map<String, Ownership> byId = new HashMap<>();

    @Nullable Ownership first(String id) {
        return byId.get(id);
    }

    @Nullable Ownership find(String id, NodeId owner) {
        return ofOwner(byId.get(id), owner);
    }

    /** The ownership of a node among those of one id, given the first of them. */
    static @Nullable Ownership ofOwner(@Nullable Ownership first, NodeId owner) {
        Ownership found = first;
        while (found != null && !found.owner.equals(owner)) {
            found = found.nextOfId;
        }
        return found;
    }

    /** Returns whether an ownership is the only one of its id. */
    boolean isAlone(Ownership known) {
        return known.nextOfId == null && byId.get(known.id) == known;
    }

    void add(Ownership added) {
        added.nextOfId = byId.put(added.id, added);
    }

    void remove(Ownership removed) {
        Ownership first = byId.get(removed.id);
        if (first == removed) {
            if (removed.nextOfId == null) {
                byId.remove(removed.id);
            } else {
                byId.put(removed.id, removed.nextOfId);
            }
        } else {
            unlink(first, removed);
        }
        removed.nextOfId = null;
    }

    private static void unlink(@Nullable Ownership first, Ownership removed) {
        for (Ownership each = first; each != null; each = each.nextOfId) {
            if (each.nextOfId == removed) {
                each.nextOfId = removed.nextOfId;
                return;
            }
        }
    }

    /**
     * The ownership that counts among those of one id.
     *
     * @param first the first of them, or null
     * @param isEnded selects those that are left out
     * @return null if there is none
     */
    static @Nullable Ownership winner(@Nullable Ownership first, Predicate<Ownership> isEnded) {
        if (first == null || (first.nextOfId == null && !isEnded.test(first))) {
            return first;
        }
        Ownership oldest = null;
        for (Ownership each = first; each != null; each = each.nextOfId) {
            if (!isEnded.test(each) && (oldest == null || each.isCreatedBefore(oldest))) {
                oldest = each;
            }
        }
        Ownership winner = oldest;
        for (Ownership each = first; each != null && winner != null; each = each.nextOfId) {
            if (!isEnded.test(each) && each.isOfUser(winner) && each.isTakenAfter(winner)) {
                winner = each;
            }
        }
        return winner;
    }
}
