package io.presence.bench.soak;

import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.bench.workload.Zipf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * A writer of presences outside sessions. Half of its operations are heartbeats of the presences that are kept alive, a
 * quarter creates an id that is used once, and the rest changes, moves and ends presences.
 *
 * <p>After each batch the writer waits until the store has dispatched it. So the writers are as fast as the dispatcher,
 * and no backlog grows without bound.
 */
final class Writer extends Worker {

    private static final int BATCH = 512;
    private static final int DELETED_LATER = 1024;
    private static final String[] STATUSES = {"online", "busy", "away", "typing"};
    private static final long SHORTEST_MILLIS = 1000;

    private final PresenceStore store;
    private final SoakPlan plan;
    private final int number;
    private final int writers;
    private final SplittableRandom random;
    private final Zipf rooms;
    private final LongAdder operations = new LongAdder();
    private final LongAdder newIds = new LongAdder();
    private final String[] deletedLater = new String[DELETED_LATER];
    private int beat;
    private long churned;

    Writer(PresenceStore store, SoakPlan plan, int number, int writers, Gate gate, Findings findings) {
        super(gate, findings);
        this.store = store;
        this.plan = plan;
        this.number = number;
        this.writers = writers;
        this.random = new SplittableRandom(plan.seed() + number);
        this.rooms = new Zipf(plan.rooms(), plan.seed() - number);
    }

    /** Returns the name of a room, which all writers spell alike. */
    static String room(int rank) {
        return "room-" + rank;
    }

    /** Creates all presences that this writer keeps alive. */
    void populate() {
        for (int slot = number; slot < plan.presences(); slot += writers) {
            store.upsert(resident(slot));
            if (slot / writers % BATCH == 0) {
                rest();
            }
        }
    }

    long operations() {
        return operations.sum();
    }

    long newIds() {
        return newIds.sum();
    }

    @Override
    void batch() {
        for (int i = 0; i < BATCH; i++) {
            one(random.nextInt(100));
        }
        operations.add(BATCH);
    }

    @Override
    void rest() {
        store.flush().toCompletableFuture().join();
    }

    private void one(int percent) {
        if (percent < 50) {
            beat();
        } else if (percent < 75) {
            churn();
        } else if (percent < 84) {
            update(PresencePatch.none().status(STATUSES[random.nextInt(STATUSES.length)]));
        } else if (percent < 92) {
            update(PresencePatch.none().merge(Map.of("room", room(rooms.next()))));
        } else if (percent < 94) {
            store.touchAll(tenIds());
        } else if (percent < 96) {
            store.upsert(resident(anySlot()).idle(Duration.ofSeconds(1 + random.nextInt(5)), "idle"));
        } else if (percent < 98) {
            store.upsertAll(List.of(resident(anySlot()), resident(anySlot())));
        } else if (percent < 99) {
            store.upsert(resident(anySlot()).expiresIn(Duration.ofMillis(1 + random.nextInt(500))));
        } else {
            store.delete(id(anySlot()));
        }
    }

    private void beat() {
        beat = beat + writers < plan.presences() ? beat + writers : number;
        if (!store.touch(id(beat), SoakPlan.LONG_TTL)) {
            store.upsert(resident(beat));
        }
    }

    /* Half of these ids are deleted, the rest expire. None is used again. */
    private void churn() {
        String id = "once-" + number + "-" + churned;
        String user = churned % 4 == 0 ? "guest-" + number + "-" + churned : user(anySlot());
        store.upsert(PresenceUpsert.of(id, user, "online")
                .metadata(metadata())
                .expiresIn(Duration.ofMillis(random.nextLong(SHORTEST_MILLIS, SoakPlan.SHORT_TTL.toMillis()))));
        newIds.increment();
        int place = (int) (churned++ % DELETED_LATER);
        if (deletedLater[place] != null && random.nextBoolean()) {
            store.delete(deletedLater[place]);
        }
        deletedLater[place] = id;
    }

    private void update(PresencePatch patch) {
        try {
            store.update(id(anySlot()), patch);
        } catch (PresenceException missing) {
            if (missing.code() != Code.NOT_FOUND) {
                throw missing;
            }
        }
    }

    private List<String> tenIds() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(id(anySlot()));
        }
        return ids;
    }

    private PresenceUpsert resident(int slot) {
        return PresenceUpsert.of(id(slot), user(slot), STATUSES[random.nextInt(STATUSES.length)])
                .metadata(metadata())
                .expiresIn(SoakPlan.LONG_TTL);
    }

    private Map<String, Object> metadata() {
        return Map.of("room", room(rooms.next()), "x", random.nextInt(1000));
    }

    private int anySlot() {
        return random.nextInt(plan.presences());
    }

    private static String id(int slot) {
        return "resident-" + slot;
    }

    private static String user(int slot) {
        return "user-" + slot / 3;
    }
}
