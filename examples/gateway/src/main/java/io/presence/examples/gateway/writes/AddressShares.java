package io.presence.examples.gateway.writes;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.SubscriptionOptions;
import io.presence.examples.gateway.wire.ApiException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The presences that each address has created and that have not ended, up to a limit for each address.
 *
 * <p><b>Cost.</b> One map entry and one set entry for each presence.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class AddressShares {

    private static final long SWEEP_NANOS = 1_000_000_000L;

    private final PresenceStore store;
    private final int limit;
    private final LongSupplier nanoClock;
    private final AtomicLong nextSweep;
    private final ConcurrentMap<String, String> addressById = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Set<String>> idsByAddress = new ConcurrentHashMap<>();

    /** Removes presences that have ended. Runs on the dispatcher. */
    private final class Ends implements PresenceListener {

        @Override
        public void onEvent(PresenceEvent event) {
            removeIfGone(event.presence().id());
        }

        @Override
        public void onReset() {
            /* Never called without a snapshot or a bound on what is pending. */
        }
    }

    AddressShares(PresenceStore store, int limit, LongSupplier nanoClock) {
        this.store = store;
        this.limit = limit;
        this.nanoClock = nanoClock;
        this.nextSweep = new AtomicLong(nanoClock.getAsLong());
        store.subscribe(
                Channel.presences().delete(), SubscriptionOptions.defaults().onDispatcher(), new Ends());
    }

    /**
     * Checks that an address may create one more presence.
     *
     * @throws ApiException {@code presence_limit_exceeded}
     */
    void requireRoom(String address) {
        if (size(address) >= limit) {
            sweep(address);
        }
        if (size(address) >= limit) {
            throw ApiException.tooMany(
                    "presence_limit_exceeded", "An address can have at most " + limit + " presences.", 0);
        }
    }

    private int size(String address) {
        return idsByAddress.getOrDefault(address, Set.of()).size();
    }

    /* A presence that ends before its dispatch has no event. At most once a second, since it examines all of them. */
    private void sweep(String address) {
        long now = nanoClock.getAsLong();
        long due = nextSweep.get();
        if (now - due >= 0 && nextSweep.compareAndSet(due, now + SWEEP_NANOS)) {
            idsByAddress.getOrDefault(address, Set.of()).forEach(this::removeIfGone);
        }
    }

    /** Counts a presence for an address. */
    void add(String id, String address) {
        addressById.compute(id, (key, before) -> {
            if (before != null && !before.equals(address)) {
                forget(before, id);
            }
            idsByAddress.compute(address, (named, ids) -> {
                Set<String> more = ids == null ? ConcurrentHashMap.newKeySet() : ids;
                more.add(id);
                return more;
            });
            return address;
        });
    }

    /** Stops counting a presence that has ended. */
    void removeIfGone(String id) {
        addressById.computeIfPresent(id, (key, address) -> {
            if (store.get(id) != null) {
                return address;
            }
            forget(address, id);
            return null;
        });
    }

    private void forget(String address, String id) {
        idsByAddress.computeIfPresent(address, (named, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
        });
    }
}
