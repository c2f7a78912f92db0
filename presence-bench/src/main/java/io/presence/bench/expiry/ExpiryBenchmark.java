package io.presence.bench.expiry;

import io.presence.bench.expiry.peer.ExpiryBurst;
import io.presence.bench.expiry.peer.NettyExpiryBurst;
import io.presence.bench.expiry.peer.TimerCandidate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Measures the expiry of a million timers that become due at the same time.
 *
 * <p>One operation is the expiry of all of them, in milliseconds; at a million, this is the nanoseconds of each.
 * {@code STORE} removes each presence and calls a listener. {@code CAFFEINE} removes each entry and calls a listener.
 * {@code NETTY} runs a task that counts, and {@code NETTY_MAP} a task that first removes an entry from a hash map. In
 * production the order of expiry is independent of the order in memory. In memory order the processor hides most cache
 * misses, and the rest is work.
 *
 * <p>The heap is collected before each operation: the expired objects are old, as in production, and no collection runs
 * during the measurement.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar ExpiryBenchmark
 * java -jar presence-bench/target/benchmarks.jar ExpiryBenchmark -p ticks=1000 -p candidate=STORE,WHEEL,AGRONA,CAFFEINE
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms6g", "-Xmx6g"})
public class ExpiryBenchmark {

    /** Agrona can take part only if the timers are due in many ticks, and Netty only if they are due in one. */
    private static final int MANY_TICKS = 500;

    /** The candidate. */
    @Param({"STORE", "STORE_WITHOUT_LISTENER", "WHEEL", "NETTY", "NETTY_MAP", "CAFFEINE"})
    public TimerCandidate candidate = TimerCandidate.STORE;

    /** The number of timers. */
    @Param("1000000")
    public int timers;

    /** The order in which the timers become due. */
    @Param
    public DueOrder order = DueOrder.SHUFFLED;

    /** The number of ticks over which the timers become due. */
    @Param("1")
    public int ticks;

    private ExpiryBurst burst = new ManualExpiryBurst(TimerCandidate.WHEEL, new int[0], 1, id -> {});
    private long ended;

    /** An order in which timers become due. */
    public enum DueOrder {
        /** The order in memory. */
        MEMORY,
        /** A random order. */
        SHUFFLED;

        int[] numbers(int count) {
            return this == MEMORY ? TimerRecords.inMemoryOrder(count) : TimerRecords.shuffled(count);
        }
    }

    /** Arms the timers. */
    @Setup(Level.Invocation)
    public void setUp() throws InterruptedException {
        ended = 0;
        int[] numbers = order.numbers(timers);
        if (candidate.isDrivenByHand()) {
            requireTicks(!candidate.name().startsWith("AGRONA") || ticks >= MANY_TICKS);
            burst = new ManualExpiryBurst(candidate, numbers, ticks, id -> ended++);
            System.gc();
        } else {
            requireTicks(ticks == 1);
            burst = new NettyExpiryBurst(
                    TimerRecords.all(timers), numbers, candidate == TimerCandidate.NETTY_MAP, id -> ended++);
        }
    }

    private void requireTicks(boolean possible) {
        if (!possible) {
            throw new IllegalArgumentException("ticks must be possible with " + candidate + ": " + ticks);
        }
    }

    /** Checks that all timers have expired and were delivered. */
    @TearDown(Level.Invocation)
    public void tearDown() {
        long remaining = burst.remaining();
        burst.close();
        if (remaining != 0 || ended != (candidate == TimerCandidate.STORE_WITHOUT_LISTENER ? 0 : timers)) {
            throw new IllegalStateException(
                    "timers must all expire: " + remaining + " remaining, " + ended + " delivered");
        }
    }

    /** Expires all timers. */
    @Benchmark
    public long end() throws InterruptedException {
        burst.expireAll();
        return ended;
    }
}
