package io.presence.stress;

import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.UnaryOperator;

/** A caller-driven store with a capacity of one presence, which races reuse. */
final class CapacityFixture {

    private final ConcurrentLinkedDeque<CapacityFixture> free;
    private final Presences ada;
    final PresenceStore store;

    private CapacityFixture(ConcurrentLinkedDeque<CapacityFixture> free, UnaryOperator<PresenceStoreBuilder> limit) {
        this.free = free;
        this.store = limit.apply(PresenceStore.builder().callerDriven()).build();
        this.ada = store.as(Principal.user("ada").build());
    }

    /**
     * Returns a reused or a new fixture.
     *
     * @param free the pool of fixtures with this limit
     * @param limit sets the limit of one presence
     */
    static CapacityFixture take(
            ConcurrentLinkedDeque<CapacityFixture> free, UnaryOperator<PresenceStoreBuilder> limit) {
        CapacityFixture reused = free.pollFirst();
        return reused == null ? new CapacityFixture(free, limit) : reused;
    }

    boolean upsert(String id) {
        try {
            ada.upsert(PresenceUpsert.of(id, "online"));
            return true;
        } catch (PresenceException e) {
            return false;
        }
    }

    /**
     * Deletes the presences and returns the fixture to the pool.
     *
     * @return the ids that were deleted, whether another presence could then be created, and the number of presences
     */
    String giveBack(String... ids) {
        StringBuilder result = new StringBuilder();
        for (String id : ids) {
            result.append(store.delete(id) ? id : "-");
        }
        result.append(' ').append(upsert("last") && store.delete("last"));
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
        result.append(' ').append(store.stats().presences());
        free.addFirst(this);
        return result.toString();
    }
}
