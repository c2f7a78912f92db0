package io.presence.bench.bus;

import io.presence.PresenceListener;
import io.presence.Subscription.Options;
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
 * What does it cost to tell one event to all who watch a zone?
 *
 * <p>One operation is one write and its delivery to all of them: divide by their number for the cost of one, and take the
 * row of one listener off for what the write itself costs. Each has a listener of its own.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar FanOutBenchmark -prof io.presence.bench.CpuTime
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class FanOutBenchmark {
    /** How many are told. */
    @Param({"1", "100", "10000"})
    public int listeners;

    /** By whom. */
    @Param
    public Delivery delivery = Delivery.DIRECT;

    private final Crowd crowd = new Crowd();
    private long told;
    private long written;

    /** Who calls a listener. */
    public enum Delivery {
        /** The dispatcher, at once. */
        DIRECT,
        /** An executor, by way of the mailbox; it runs what it is given at once, so that no change of threads is measured. */
        EXECUTOR;

        Options options() {
            return this == DIRECT
                    ? Options.defaults().direct()
                    : Options.defaults().on(Runnable::run);
        }
    }

    /** Makes the subscriptions. */
    @Setup
    public void setUp() {
        for (int i = 0; i < listeners; i++) {
            crowd.watch(Crowd.inZone(0), delivery.options(), listener(i));
        }
        crowd.drain();
    }

    private PresenceListener listener(long weight) {
        return event -> told += 1 + (weight >>> 32);
    }

    /** Checks that all were told. */
    @TearDown
    public void tearDown() {
        crowd.close();
        if (told != written * listeners) {
            throw new IllegalStateException("each must be told each event: " + told + " of " + written);
        }
    }

    /** Writes a presence that all see. */
    @Benchmark
    public long tellAll() {
        crowd.write("p", 0, (written++ & 1) == 0 ? "online" : "away");
        return told;
    }
}
