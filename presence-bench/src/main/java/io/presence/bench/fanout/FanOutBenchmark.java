package io.presence.bench.fanout;

import io.presence.bench.fanout.peer.CountingListener;
import io.presence.bench.fanout.peer.FanOut;
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
 * What does it cost to tell one event to all who listen?
 *
 * <p>One operation is one event and its delivery to all of them, on one thread: divide by their number for the cost of one.
 * Ours is a write to a store as well; take the row of one listener off for what that costs. Each listener is an object of its
 * own, and counts.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar FanOutBenchmark
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class FanOutBenchmark {
    /** Who tells. */
    @Param
    public FanOutCandidate candidate = FanOutCandidate.PRESENCE;

    /** How many are delivered. */
    @Param({"1", "100", "10000"})
    public int listeners;

    private FanOut fanOut = FanOutCandidate.LOOP.create();
    private CountingListener[] counters = {};
    private long published;

    /** Adds the listeners. */
    @Setup
    public void setUp() {
        fanOut = candidate.create();
        counters = new CountingListener[listeners];
        for (int i = 0; i < listeners; i++) {
            counters[i] = fanOut.add();
        }
        fanOut.ready();
    }

    /** Checks that each was delivered each event. */
    @TearDown
    public void tearDown() {
        fanOut.close();
        long sum = published * (published + 1) / 2;
        for (CountingListener counter : counters) {
            if (counter.sum() != sum) {
                throw new IllegalStateException(
                        "each must be delivered each event once: " + counter.sum() + " of " + sum);
            }
        }
    }

    /** Tells all an event. */
    @Benchmark
    public void tellAll() {
        fanOut.publish(++published);
    }
}
