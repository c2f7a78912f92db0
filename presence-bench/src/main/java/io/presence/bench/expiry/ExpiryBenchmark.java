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
 * What does it cost to end a million that become due at the same time?
 *
 * <p>One operation is the end of all of them, in milliseconds: at a million, that is nanoseconds for each. {@code STORE}
 * removes each presence and tells a listener; {@code CAFFEINE} removes each entry and tells a listener; {@code NETTY} only
 * runs a task that counts, and {@code NETTY_MAP} one that removes from a hash map first. In life the order in which they end
 * has nothing to do with where they are in memory; in memory's order most misses are hidden, and what is remaining is work.
 *
 * <p>The heap is collected before each, so that what ends is old, as it is in life, and nothing is collected meanwhile.
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
    /** Agrona can only take part if they are due in many ticks, Netty only if they are due in one. */
    private static final int MANY_TICKS = 500;

    /** Who ends them. */
    @Param({"STORE", "STORE_WITHOUT_LISTENER", "WHEEL", "NETTY", "NETTY_MAP", "CAFFEINE"})
    public TimerCandidate candidate = TimerCandidate.STORE;

    /** How many. */
    @Param("1000000")
    public int timers;

    /** In which order they become due. */
    @Param
    public DueOrder order = DueOrder.SHUFFLED;

    /** Over how many ticks. */
    @Param("1")
    public int ticks;

    private ExpiryBurst burst = new ManualExpiryBurst(TimerCandidate.WHEEL, new int[0], 1, id -> {});
    private long ended;

    /** The order of the ends. */
    public enum DueOrder {
        /** As they are in memory. */
        MEMORY,
        /** Any. */
        SHUFFLED;

        int[] numbers(int count) {
            return this == MEMORY ? TimerRecords.inMemoryOrder(count) : TimerRecords.shuffled(count);
        }
    }

    /** Gathers them. */
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
            throw new IllegalArgumentException("ticks must be bearable to " + candidate + ": " + ticks);
        }
    }

    /** Checks that all have ended and been delivered. */
    @TearDown(Level.Invocation)
    public void tearDown() {
        long remaining = burst.remaining();
        burst.close();
        if (remaining != 0 || ended != (candidate == TimerCandidate.STORE_WITHOUT_LISTENER ? 0 : timers)) {
            throw new IllegalStateException(
                    "all must end and be delivered: " + remaining + " remaining, " + ended + " delivered");
        }
    }

    /** Ends them all. */
    @Benchmark
    public long end() throws InterruptedException {
        burst.expireAll();
        return ended;
    }
}
