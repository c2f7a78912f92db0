package io.presence.internal.view;

import io.presence.Presence;
import io.presence.user.UserPresence;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A group of at most {@value #MAX} presences, in an array.
 *
 * <p><b>Cost.</b> Linear in the number of presences.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class FewPresences implements UserGroup {

    static final int MAX = 16;

    private final Presence[] presences;

    private FewPresences(Presence... presences) {
        this.presences = presences;
    }

    static FewPresences of(Presence presence) {
        return new FewPresences(presence);
    }

    private int indexOf(Presence presence) {
        for (int i = 0; i < presences.length; i++) {
            if (presences[i].id().equals(presence.id())) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public UserGroup with(Presence presence, StatusRanks ranks) {
        int index = indexOf(presence);
        if (index < 0 && presences.length == MAX) {
            return ManyPresences.of(presences, ranks).with(presence, ranks);
        }
        Presence[] changed = Arrays.copyOf(presences, index < 0 ? presences.length + 1 : presences.length);
        changed[index < 0 ? presences.length : index] = presence;
        return new FewPresences(changed);
    }

    @Override
    public @Nullable UserGroup without(Presence presence, StatusRanks ranks) {
        int index = indexOf(presence);
        if (index < 0) {
            return this;
        }
        int last = presences.length - 1;
        if (last == 0) {
            return null;
        }
        Presence[] changed = Arrays.copyOf(presences, last);
        if (index < last) {
            changed[index] = presences[last];
        }
        return new FewPresences(changed);
    }

    @Override
    public UserPresence merged(StatusRanks ranks) {
        Presence shown = presences[0];
        Instant since = shown.createdAt();
        for (int i = 1; i < presences.length; i++) {
            Presence each = presences[i];
            if (ranks.compare(each, shown) > 0) {
                shown = each;
            }
            Instant created = each.createdAt();
            if (created.isBefore(since)) {
                since = created;
            }
        }
        return new UserPresence(shown.userId(), shown.status(), presences.length, since);
    }
}
