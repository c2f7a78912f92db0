package io.presence.internal.view;

import io.presence.Presence;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rank of each status on the ladder of a store. A status that is not on it ranks below all others.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class StatusRanks implements Comparator<Presence> {

    private final Map<String, Integer> ranks = new HashMap<>();

    /** Creates the ranks of a ladder, highest first. */
    StatusRanks(List<String> ladder) {
        for (String status : ladder) {
            ranks.put(status, ladder.size() - ranks.size());
        }
    }

    /** Compares by rank, then by the time of the last change, then by id. */
    @Override
    public int compare(Presence one, Presence other) {
        int order = Integer.compare(rank(one), rank(other));
        if (order == 0) {
            order = one.updatedAt().compareTo(other.updatedAt());
        }
        return order == 0 ? one.id().compareTo(other.id()) : order;
    }

    private int rank(Presence presence) {
        return ranks.getOrDefault(presence.status(), 0);
    }
}
