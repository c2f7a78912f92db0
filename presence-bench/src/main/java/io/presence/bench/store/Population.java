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

/** A store of live presences that all threads share. Its clock moves with the writes. */
@State(Scope.Benchmark)
public class Population {

    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SEED = 5;

    /** The candidate. */
    @Param({"PRESENCE", "CAFFEINE", "MAP", "MAP_BARE"})
    public StoreCandidate candidate = StoreCandidate.PRESENCE;

    /** The number of presences. */
    @Param("1000000")
    public int presences;

    /** The order of the writes. */
    @Param("SHUFFLED")
    public AccessOrder order = AccessOrder.SHUFFLED;

    /** The number of attributes in the metadata: 0 or 3. */
    @Param("0")
    public int metadata;

    /** The clock. */
    @Param
    public Clock clock = Clock.SYSTEM;

    private SkippingClock nanoClock = SkippingClock.stopped();
    private Store store = StoreCandidate.MAP_BARE.create(nanoClock, Duration.ZERO);

    /** A source of the time. */
    public enum Clock {
        /**
         * The system's clock, as by default. A read takes about 25 ns and waits for all outstanding memory reads, so
         * that the look-up of a write does not overlap with that of the write before.
         */
        SYSTEM,
        /** A word in memory. The processor can overlap one write with the next, as in code that reads no clock. */
        WORD
    }

    /** An order of writes. */
    public enum AccessOrder {
        /**
         * A random order in which each presence is written once in 30 seconds. Each write moves the clock. The store
         * therefore does the work of production for each heartbeat, where half a minute separates two heartbeats of a
         * presence.
         */
        SHUFFLED(Duration.ofSeconds(90)),
        /**
         * A skewed order in real time: some presences are written much more often, like those of users who move a
         * cursor.
         */
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

    /** Creates all presences. */
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

    /** Checks that no presence was lost. */
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

    /** Returns the cyclic order of a thread's writes. */
    PlainPresence[] ring(int thread) {
        IntUnaryOperator numbers = order.numbers(presences, thread);
        PlainPresence[] ring = new PlainPresence[presences];
        for (int i = 0; i < presences; i++) {
            ring[i] = new PlainPresence(whole(numbers.applyAsInt(i)), Long.MAX_VALUE);
            requireHashed(ring[i].id());
        }
        return ring;
    }

    /* The first pass would compute the hash codes anyway. */
    private static void requireHashed(String id) {
        if (id.hashCode() == 0) {
            throw new IllegalStateException("id must have a cached hash code: " + id);
        }
    }

    Store store() {
        return store;
    }

    /** Moves the clock by the time of a number of writes in production. */
    void pass(int writes) {
        if (order == AccessOrder.SHUFFLED) {
            nanoClock.skip(HEARTBEAT_NANOS / presences * writes);
        }
        store.maintain();
    }
}
