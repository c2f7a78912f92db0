package io.presence.bench.store.peer;

import io.presence.PresenceUpsert;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A hash map of records that do not expire: the lower bound, because it reads no clock. */
final class BareMapStore implements Store {

    private final ConcurrentHashMap<String, PlainPresence> map = new ConcurrentHashMap<>();

    @Override
    public void put(PresenceUpsert whole) {
        map.put(whole.presenceId(), new PlainPresence(whole, Long.MAX_VALUE));
    }

    @Override
    public boolean touch(PlainPresence held) {
        PlainPresence found = map.get(held.id());
        if (found == null) {
            return false;
        }
        found.renew(Long.MAX_VALUE);
        return true;
    }

    @Override
    public void upsert(PlainPresence held, String status) {
        map.put(held.id(), held.with(status, held.updatedAtMillis(), Long.MAX_VALUE));
    }

    @Override
    public @Nullable String status(String id) {
        PlainPresence found = map.get(id);
        return found == null ? null : found.status();
    }

    @Override
    public long size() {
        return map.size();
    }
}
