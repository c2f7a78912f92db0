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
 * Measures the delivery of one event to all listeners.
 *
 * <p>One operation is one event and its delivery to all listeners on one thread. Divide by their number for the cost of
 * one delivery. For the library an operation includes a write to a store; the row with one listener shows its cost.
 * Each listener is an object of its own with a counter.
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

    /** The candidate. */
    @Param
    public FanOutCandidate candidate = FanOutCandidate.PRESENCE;

    /** The number of listeners. */
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

    /** Checks that each listener received each event once. */
    @TearDown
    public void tearDown() {
        fanOut.close();
        long sum = published * (published + 1) / 2;
        for (CountingListener counter : counters) {
            if (counter.sum() != sum) {
                throw new IllegalStateException(
                        "sum of a listener must be that of all events: " + counter.sum() + " of " + sum);
            }
        }
    }

    /** Delivers an event to all listeners. */
    @Benchmark
    public void tellAll() {
        fanOut.publish(++published);
    }
}
