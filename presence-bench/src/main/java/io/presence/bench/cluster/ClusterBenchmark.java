package io.presence.bench.cluster;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.bench.SkippingClock;
import io.presence.bench.cluster.peer.DroppingTransport;
import io.presence.bench.workload.People;
import io.presence.cluster.ClusterOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a heartbeat and a write of another status on a store that is one of several nodes, beside a single store.
 *
 * <p>The clustered store is one node over a {@link DroppingTransport}: the frames are made and sent, and nobody
 * receives them. With {@code CALLER}, the writer drives the store, so that an operation includes its dispatch and its
 * part of a frame. With {@code THREAD}, the store has its own thread, and the caller's time is measured. Each presence
 * has a heartbeat in 30 seconds, by a clock that the writes move.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar ClusterBenchmark -f 3 -prof gc
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-Xmn256m", "-XX:+AlwaysPreTouch"})
public class ClusterBenchmark {

    private static final int WRITES_PER_TICK = 256;
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Duration TTL = Duration.ofSeconds(90);
    private static final long SEED = 5;
    private static final List<String> STATUSES = List.of("online", "away", "busy", "typing");

    /** Whether the store is one of several nodes. */
    @Param
    public Nodes nodes = Nodes.SINGLE;

    /** The thread that dispatches. */
    @Param
    public Dispatch dispatch = Dispatch.CALLER;

    /** The number of presences. */
    @Param("200000")
    public int presences;

    private final SkippingClock clock = SkippingClock.running();
    private PresenceStore store = PresenceStore.builder().callerDriven().build();
    private PresenceUpsert[] ring = {};
    private int next;
    private int passes = 1;

    /** The kinds of store. */
    public enum Nodes {
        /** A store by itself. */
        SINGLE,
        /** A node of a cluster. */
        CLUSTERED
    }

    /** The threads that dispatch. */
    public enum Dispatch {
        /** The writer. */
        CALLER,
        /** One of the store. */
        THREAD
    }

    /** Creates all presences, and the order of the writes. */
    @Setup
    public void setUp() {
        PresenceStoreBuilder builder =
                PresenceStore.builder().nanoClock(clock).defaultTtl(TTL).maxPresences(Integer.MAX_VALUE);
        if (dispatch == Dispatch.CALLER) {
            builder.callerDriven();
        }
        if (nodes == Nodes.CLUSTERED) {
            builder.cluster(ClusterOptions.over(new DroppingTransport()));
        }
        store = builder.build();
        for (int number = 0; number < presences; number++) {
            store.upsert(PresenceUpsert.of(People.id(number), People.userId(number), STATUSES.get(0)));
            work();
        }
        int[] order = People.shuffled(presences, SEED);
        ring = new PresenceUpsert[presences];
        for (int i = 0; i < presences; i++) {
            ring[i] = PresenceUpsert.of(People.id(order[i]), People.userId(order[i]), STATUSES.get(0));
        }
    }

    /** Checks that no presence was lost. */
    @TearDown
    public void tearDown() {
        long alive = store.stats().presences();
        if (alive != presences) {
            throw new IllegalStateException("store must hold " + presences + " presences: " + alive);
        }
        store.close();
    }

    private void work() {
        if (dispatch == Dispatch.CALLER) {
            int done;
            do {
                done = store.doWork();
            } while (done > 0);
        }
    }

    private PresenceUpsert next() {
        next++;
        if (next % WRITES_PER_TICK == 0) {
            clock.skip(HEARTBEAT_NANOS / presences * WRITES_PER_TICK);
            work();
        }
        if (next >= presences) {
            next = 0;
            passes++;
        }
        return ring[next];
    }

    /** Sends a heartbeat. */
    @Benchmark
    public boolean touch() {
        boolean isAlive = store.touch(next().presenceId());
        if (!isAlive) {
            throw new IllegalStateException("presence must be alive");
        }
        return isAlive;
    }

    /** Writes a presence with another status. */
    @Benchmark
    public void upsert() {
        PresenceUpsert same = next();
        store.upsert(PresenceUpsert.of(same.presenceId(), requireNonNull(same.userId()), STATUSES.get(passes & 3)));
    }
}
