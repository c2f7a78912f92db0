package io.presence.bench.store.peer;

import io.presence.PresenceUpsert;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A hash map of records with a deadline. Expired records are never removed. */
final class MapStore implements Store {

    private final ConcurrentHashMap<String, PlainPresence> map = new ConcurrentHashMap<>();
    private final LongSupplier clock;
    private final long ttlNanos;

    MapStore(LongSupplier clock, Duration ttl) {
        this.clock = clock;
        this.ttlNanos = ttl.toNanos();
    }

    @Override
    public void put(PresenceUpsert whole) {
        map.put(whole.presenceId(), new PlainPresence(whole, clock.getAsLong() + ttlNanos));
    }

    @Override
    public boolean touch(PlainPresence held) {
        PlainPresence found = map.get(held.id());
        long now = clock.getAsLong();
        if (found == null || !found.isAlive(now)) {
            return false;
        }
        found.renew(now + ttlNanos);
        return true;
    }

    @Override
    public void upsert(PlainPresence held, String status) {
        map.put(held.id(), held.with(status, System.currentTimeMillis(), clock.getAsLong() + ttlNanos));
    }

    @Override
    public @Nullable String status(String id) {
        PlainPresence found = map.get(id);
        return found == null || !found.isAlive(clock.getAsLong()) ? null : found.status();
    }

    @Override
    public long size() {
        long now = clock.getAsLong();
        return map.values().stream().filter(each -> each.isAlive(now)).count();
    }
}
