package io.presence.bench.expiry;

import io.presence.bench.SkippingClock;
import io.presence.bench.expiry.peer.TimerCandidate;
import io.presence.bench.expiry.peer.Timers;
import io.presence.bench.expiry.peer.Timers.TimerRecord;
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
 * Measures a heartbeat among a million timers with a TTL of 30 seconds and a heartbeat every 10 seconds.
 *
 * <p>One operation is one heartbeat and its later cost: the rescheduling of a timer that the wheel has reached, or
 * upkeep. The timers take turns in an order that is independent of memory. Each heartbeat moves the clock by the
 * interval that would separate two heartbeats in production. Candidates without a thread are driven at each tick.
 * {@code NETTY} has its own thread and clock, for which half a minute takes half a minute; see the processor time.
 *
 * <p>{@code WHEEL}, {@code AGRONA} and {@code NETTY} have a reference to the timer. The other candidates find it by its
 * id, which costs more than the rest. Compare candidates of one kind only.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar RearmBenchmark -prof gc -prof io.presence.bench.CpuTime
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx6g")
public class RearmBenchmark {

    private static final Duration TTL = Duration.ofSeconds(30);
    private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();

    /** The candidate. */
    @Param
    public TimerCandidate candidate = TimerCandidate.STORE;

    /** The number of timers. */
    @Param("1000000")
    public int timers;

    private final SkippingClock clock = SkippingClock.running();
    private Timers timed = TimerCandidate.WHEEL.create(new Timers.TimerConfig(clock, TTL, List.of(), id -> {}));
    private int[] order = {};
    private TimerRecord[] arriving = {};
    private int perTick;
    private int next;
    private int heartbeats;
    private long ended;

    /** Arms all timers over the interval between two heartbeats. */
    @Setup
    public void setUp() {
        timed = candidate.create(new Timers.TimerConfig(clock, TTL, TimerRecords.all(timers), id -> ended++));
        perTick = Math.max(1, (int) (timers * Timers.TICK_NANOS / PERIOD_NANOS));
        for (int i = 0; i < timers; i++) {
            timed.arm(i);
            pass();
        }
        order = TimerRecords.shuffled(timers);
        arriving = TimerRecords.of(order).toArray(TimerRecord[]::new);
    }

    private void pass() {
        if (++heartbeats == perTick) {
            heartbeats = 0;
            clock.skip(PERIOD_NANOS / timers * perTick);
            timed.advance();
        }
    }

    /** Checks that no timer has expired. */
    @TearDown
    public void tearDown() {
        timed.advance();
        long remaining = timed.remaining();
        timed.close();
        if (ended != 0 || remaining < timers) {
            throw new IllegalStateException(
                    "timers must not expire: " + remaining + " remaining, " + ended + " delivered");
        }
    }

    /** Sends one heartbeat. */
    @Benchmark
    public void beat() {
        int at = next;
        timed.touch(order[at], arriving[at]);
        next = at + 1 == timers ? 0 : at + 1;
        pass();
    }
}
