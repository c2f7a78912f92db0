package io.presence.stress;

import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.UnaryOperator;

/** A caller-driven store with one place for the presences of one user, of which an arbiter makes another scene. */
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
     * Takes a scene that was given back, or makes one.
     *
     * @param free where scenes of this limit are given back
     * @param limit sets the limit of one place
     */
    static CapacityFixture take(
            ConcurrentLinkedDeque<CapacityFixture> free, UnaryOperator<PresenceStoreBuilder> limit) {
        CapacityFixture taken = free.pollFirst();
        return taken == null ? new CapacityFixture(free, limit) : taken;
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
     * Empties it, and gives it back. Says what it held, how many presences are left, and whether there is a place then.
     */
    String giveBack(String... ids) {
        StringBuilder held = new StringBuilder();
        for (String id : ids) {
            held.append(store.delete(id) ? id : "-");
        }
        held.append(' ').append(upsert("last") && store.delete("last"));
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
        held.append(' ').append(store.stats().presences());
        free.addFirst(this);
        return held.toString();
    }
}
