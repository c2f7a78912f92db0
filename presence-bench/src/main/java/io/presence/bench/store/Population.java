package io.presence.bench.store;

import io.presence.PresenceUpsert;
import io.presence.bench.SkippingClock;
import io.presence.bench.store.peer.PlainPresence;
import io.presence.bench.store.peer.Store;
import io.presence.bench.store.peer.StoreCandidate;
import io.presence.bench.workload.People;
import io.presence.bench.workload.Zipf;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A store full of live presences, which all threads share, and whose clock goes on as they write. */
@State(Scope.Benchmark)
public class Population {
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SEED = 5;

    /** Which store. */
    @Param({"PRESENCE", "CAFFEINE", "MAP", "MAP_BARE"})
    public StoreCandidate candidate = StoreCandidate.PRESENCE;

    /** How many live. */
    @Param("1000000")
    public int presences;

    /** Who is next. */
    @Param("SHUFFLED")
    public AccessOrder order = AccessOrder.SHUFFLED;

    /** How many attributes the metadata has: none or 3. */
    @Param("0")
    public int metadata;

    /** What is asked for the time. */
    @Param
    public Clock clock = Clock.SYSTEM;

    private SkippingClock nanoClock = SkippingClock.stopped();
    private Store store = StoreCandidate.MAP_BARE.create(nanoClock, Duration.ZERO);

    /** What is asked for the time. */
    public enum Clock {
        /**
         * The system's, as by default. Reading it takes some 25 ns and waits for all memory asked for before, so that
         * no write begins to look for its entry while the one before still waits for its own.
         */
        SYSTEM,
        /** A word in memory, so that a processor may overlap one write with the next, as it may where no clock is read. */
        WORD
    }

    /** In which order they are written. */
    public enum AccessOrder {
        /**
         * Everybody once in each 30 seconds of a clock that is put forward by each write, in random order. So a store
         * does with each heartbeat what it would do in life, where there is half a minute between two of the same.
         */
        SHUFFLED(Duration.ofSeconds(90)),
        /** Some much more often than others, as with those who move a cursor, in real time. */
        ZIPF(Duration.ofDays(30));

        private final Duration ttl;

        AccessOrder(Duration ttl) {
            this.ttl = ttl;
        }

        IntUnaryOperator numbers(int count, int thread) {
            if (this == SHUFFLED) {
                int[] numbers = People.shuffled(count, SEED + thread);
                return i -> numbers[i];
            }
            int[] byRank = People.shuffled(count, SEED);
            Zipf ranks = new Zipf(count, SEED + thread);
            return i -> byRank[ranks.next()];
        }
    }

    /** Has everybody join. */
    @Setup
    public void setUp() {
        nanoClock = clock == Clock.WORD ? SkippingClock.stopped() : SkippingClock.running();
        store = candidate.create(nanoClock, order.ttl);
        for (int number = 0; number < presences; number++) {
            store.put(whole(number));
            if (number % HeartbeatStream.WRITES_PER_TICK == 0) {
                store.maintain();
            }
        }
        requireAllAlive();
    }

    /** Checks that nobody has been lost. */
    @TearDown
    public void tearDown() {
        requireAllAlive();
        store.close();
    }

    private void requireAllAlive() {
        long alive = store.size();
        if (alive != presences) {
            throw new IllegalStateException(candidate + " must hold " + presences + " presences: " + alive);
        }
    }

    private PresenceUpsert whole(int number) {
        PresenceUpsert whole = PresenceUpsert.of(People.id(number), People.userId(number), "online");
        return metadata == 0 ? whole : whole.metadata(People.metadata(number));
    }

    /** Returns who is next, over and over, for a thread. */
    PlainPresence[] ring(int thread) {
        IntUnaryOperator numbers = order.numbers(presences, thread);
        PlainPresence[] ring = new PlainPresence[presences];
        for (int i = 0; i < presences; i++) {
            ring[i] = new PlainPresence(whole(numbers.applyAsInt(i)), Long.MAX_VALUE);
            requireHashed(ring[i].id());
        }
        return ring;
    }

    /* The first pass over the ring would hash them anyway. */
    private static void requireHashed(String id) {
        if (id.hashCode() == 0) {
            throw new IllegalStateException("id must have a hash that is kept: " + id);
        }
    }

    Store store() {
        return store;
    }

    /** Lets as much time pass as so many writes take in life. */
    void pass(int writes) {
        if (order == AccessOrder.SHUFFLED) {
            nanoClock.skip(HEARTBEAT_NANOS / presences * writes);
        }
        store.maintain();
    }
}
