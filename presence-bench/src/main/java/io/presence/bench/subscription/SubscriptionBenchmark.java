package io.presence.bench.subscription;

import io.presence.PresenceListener;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
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
 * Measures a write that ten subscribers match, and opening and closing a subscription, by the number of subscriptions.
 *
 * <p>One operation is one write that is delivered to ten listeners, or one subscription that is opened and closed.
 * There are ten subscriptions for each zone. If the cost does not depend on the number of subscriptions, all rows have
 * the same score.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar SubscriptionBenchmark -prof io.presence.bench.CpuTime
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class SubscriptionBenchmark {

    private static final int PRESENCES = 1024;

    /** The number of subscriptions. */
    @Param({"10000", "100000", "1000000"})
    public int subscriptions;

    private final SubscriptionLoad load = new SubscriptionLoad();
    private long delivered;
    private long written;
    private final PresenceListener listener = event -> delivered++;

    /** Opens the subscriptions and writes the presences once. */
    @Setup
    public void setUp() {
        for (int i = 0; i < subscriptions; i++) {
            load.watch(
                    SubscriptionLoad.inZone(i / SubscriptionLoad.PER_ZONE), SubscriptionOptions.defaults(), listener);
        }
        for (int i = 0; i < PRESENCES; i++) {
            write();
        }
        if (load.subscriptions() != subscriptions || delivered != PRESENCES * (long) SubscriptionLoad.PER_ZONE) {
            throw new IllegalStateException("deliveries must be ten for each write: " + delivered);
        }
        /* The next pass writes the other status, because an equal write would be a heartbeat. */
        delivered = 0;
    }

    /** Checks that every write was delivered to ten listeners. */
    @TearDown
    public void tearDown() {
        load.close();
        long measured = written - PRESENCES;
        if (delivered != measured * SubscriptionLoad.PER_ZONE) {
            throw new IllegalStateException("deliveries must be ten for each write: " + delivered + " of " + measured);
        }
    }

    /** Writes a presence that stays in its zone. */
    @Benchmark
    public long write() {
        int presence = (int) (written % PRESENCES);
        int zone = (int) (presence * (long) (subscriptions / SubscriptionLoad.PER_ZONE) / PRESENCES);
        String status = (written / PRESENCES & 1) == 0 ? "online" : "away";
        written++;
        load.write("p" + presence, zone, status);
        return delivered;
    }

    /** Opens and closes one more subscription to a zone. */
    @Benchmark
    public Subscription subscribeAndClose() {
        Subscription made = load.watch(SubscriptionLoad.inZone(0), SubscriptionOptions.defaults(), listener);
        load.drain();
        made.close();
        load.drain();
        return made;
    }
}
