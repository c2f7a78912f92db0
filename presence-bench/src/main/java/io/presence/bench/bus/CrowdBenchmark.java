package io.presence.bench.bus;

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
 * What does it cost to write what ten subscribers see, and to come and go, by how many subscribers there are?
 *
 * <p>One operation is one write that ten of them are told of, or one subscription that is made and closed. There are
 * ten subscriptions for each zone. If neither depends on how many there are, each row has the same score.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar CrowdBenchmark -prof io.presence.bench.CpuTime
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class CrowdBenchmark {
    private static final int PRESENCES = 1024;

    /** How many there are. */
    @Param({"10000", "100000", "1000000"})
    public int subscriptions;

    private final Crowd crowd = new Crowd();
    private long told;
    private long written;
    private final PresenceListener listener = event -> told++;

    /** Makes the subscriptions, and presences to be written. */
    @Setup
    public void setUp() {
        for (int i = 0; i < subscriptions; i++) {
            crowd.watch(Crowd.inZone(i / Crowd.PER_ZONE), SubscriptionOptions.defaults(), listener);
        }
        for (int i = 0; i < PRESENCES; i++) {
            write();
        }
        if (crowd.subscriptions() != subscriptions || told != PRESENCES * (long) Crowd.PER_ZONE) {
            throw new IllegalStateException("writes must be told to ten each: " + told);
        }
        /* The next pass writes the other status: the same one would be a heartbeat. */
        told = 0;
    }

    /** Checks that all were told. */
    @TearDown
    public void tearDown() {
        crowd.close();
        long measured = written - PRESENCES;
        if (told != measured * Crowd.PER_ZONE) {
            throw new IllegalStateException("writes must be told to ten each: " + told + " of " + measured);
        }
    }

    /** Writes a presence that stays in its zone. */
    @Benchmark
    public long write() {
        int presence = (int) (written % PRESENCES);
        int zone = (int) (presence * (long) (subscriptions / Crowd.PER_ZONE) / PRESENCES);
        String status = (written / PRESENCES & 1) == 0 ? "online" : "away";
        written++;
        crowd.write("p" + presence, zone, status);
        return told;
    }

    /** Comes and goes, as one of those who watch a zone. */
    @Benchmark
    public Subscription subscribeAndClose() {
        Subscription made = crowd.watch(Crowd.inZone(0), SubscriptionOptions.defaults(), listener);
        crowd.drain();
        made.close();
        crowd.drain();
        return made;
    }
}
