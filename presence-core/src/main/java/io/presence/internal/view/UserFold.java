package io.presence.internal.view;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.user.UserPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The users of a view, merged from the presences of each.
 *
 * <p><b>Threads.</b> As for {@link Fold}.
 */
final class UserFold implements Fold<UserPresence> {

    private final StatusRanks ranks;
    private final LastSeen lastSeen;
    private final Map<String, UserGroup> groups = new ConcurrentHashMap<>();

    private UserFold(StatusRanks ranks, LastSeen lastSeen) {
        this.ranks = ranks;
        this.lastSeen = lastSeen;
    }

    /** The users of a store. There is one kind for each store. */
    static final class Kind implements ViewKey.Kind {

        private final StatusRanks ranks;
        private final int lastSeenUsers;
        private final Duration lastSeenTime;
        private final LongSupplier clock;

        Kind(List<String> ladder, int lastSeenUsers, Duration lastSeenTime, LongSupplier clock) {
            this.ranks = new StatusRanks(ladder);
            this.lastSeenUsers = lastSeenUsers;
            this.lastSeenTime = lastSeenTime;
            this.clock = clock;
        }

        @Override
        public Fold<?> newFold() {
            return new UserFold(ranks, new LastSeen(lastSeenUsers, lastSeenTime, clock));
        }
    }

    @Override
    public void apply(PresenceEvent event, Consumer<Object> touching) {
        Presence presence = event.presence();
        String user = presence.userId();
        touching.accept(user);
        UserGroup known = groups.get(user);
        if (event.change() == Change.EXIT) {
            remove(user, known, presence);
            Instant seen = event.lastSeenAt();
            if (seen != null) {
                lastSeen.record(user, seen);
            }
        } else {
            groups.put(user, known == null ? FewPresences.of(presence) : known.with(presence, ranks));
        }
    }

    private void remove(String user, @Nullable UserGroup known, Presence presence) {
        UserGroup left = known == null ? null : known.without(presence, ranks);
        if (left == null) {
            groups.remove(user);
        } else {
            groups.put(user, left);
        }
    }

    @Override
    public @Nullable UserPresence get(Object key) {
        UserGroup group = groups.get(key);
        return group == null ? null : group.merged(ranks);
    }

    @Nullable Instant lastSeen(String userId) {
        return groups.containsKey(userId) ? null : lastSeen.of(userId);
    }

    int size() {
        return groups.size();
    }

    @Override
    public Iterator<?> keys() {
        return groups.keySet().iterator();
    }

    @Override
    public String id(Object key) {
        return (String) key;
    }

    @Override
    public void clear() {
        groups.clear();
    }
}
