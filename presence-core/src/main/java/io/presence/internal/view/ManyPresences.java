package io.presence.internal.view;

import io.presence.Presence;
import io.presence.user.UserPresence;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A group of any number of presences, in two orders.
 *
 * <p><b>Cost.</b> O(log n) for each change, and about 200 bytes for each presence.
 *
 * <p><b>Threads.</b> As for {@link UserGroup}.
 */
final class ManyPresences implements UserGroup {

    private static final Comparator<Presence> BY_AGE =
            Comparator.comparing(Presence::createdAt).thenComparing(Presence::id);

    private final Map<String, Presence> byId = new HashMap<>();
    private final NavigableSet<Presence> byRank;
    private final NavigableSet<Presence> byAge = new TreeSet<>(BY_AGE);
    private volatile @Nullable UserPresence merged;

    private ManyPresences(StatusRanks ranks) {
        byRank = new TreeSet<>(ranks);
    }

    static ManyPresences of(Presence[] presences, StatusRanks ranks) {
        ManyPresences group = new ManyPresences(ranks);
        for (Presence presence : presences) {
            group.put(presence);
        }
        return group;
    }

    private void put(Presence presence) {
        remove(presence);
        byId.put(presence.id(), presence);
        byRank.add(presence);
        byAge.add(presence);
    }

    private void remove(Presence presence) {
        Presence known = byId.remove(presence.id());
        if (known != null) {
            byRank.remove(known);
            byAge.remove(known);
        }
    }

    @Override
    public UserGroup with(Presence presence, StatusRanks ranks) {
        put(presence);
        return merge();
    }

    /* Half of the maximum of an array, so that a user at the limit is not copied at each change. */
    @Override
    public @Nullable UserGroup without(Presence presence, StatusRanks ranks) {
        remove(presence);
        if (byId.size() > FewPresences.MAX / 2) {
            return merge();
        }
        UserGroup few = null;
        for (Presence each : byRank) {
            few = few == null ? FewPresences.of(each) : few.with(each, ranks);
        }
        return few;
    }

    private ManyPresences merge() {
        Presence shown = byRank.last();
        merged = new UserPresence(
                shown.userId(), shown.status(), byId.size(), byAge.first().createdAt());
        return this;
    }

    @Override
    public UserPresence merged(StatusRanks ranks) {
        return Objects.requireNonNull(merged);
    }
}
