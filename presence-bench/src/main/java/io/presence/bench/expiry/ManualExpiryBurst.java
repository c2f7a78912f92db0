package io.presence.bench.expiry;

import static io.presence.bench.expiry.peer.Timers.TICK_NANOS;

import io.presence.bench.SkippingClock;
import io.presence.bench.expiry.peer.ExpiryBurst;
import io.presence.bench.expiry.peer.TimerCandidate;
import io.presence.bench.expiry.peer.Timers;
import io.presence.bench.expiry.peer.Timers.TimerRecord;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A burst of timers that are driven by a clock of the benchmark. They are armed over time, extended one by one, and
 * extended a second time almost at once. They become due in the order of that last extension.
 */
final class ManualExpiryBurst implements ExpiryBurst {

    private static final int TTL_TICKS = 4000;
    private static final int ARMING_TICKS = 2500;
    private static final int TOUCH_TICKS = 1000;
    private static final int ADVANCE_INTERVAL = 500;

    /* Caffeine looks for expired entries once a second. */
    private static final long MAX_LATE_NANOS = Duration.ofSeconds(3).toNanos();

    private final SkippingClock clock = SkippingClock.stopped();
    private final Timers timers;
    private final int[] order;
    private final int ticks;

    /**
     * Arms the timers and moves the clock to the tick before the first is due.
     *
     * @param order the numbers of the timers in the order in which they become due
     * @param ticks the number of ticks over which they become due
     */
    ManualExpiryBurst(TimerCandidate candidate, int[] order, int ticks, Consumer<String> due) {
        Duration ttl = Duration.ofNanos(TTL_TICKS * TICK_NANOS);
        this.order = order;
        this.ticks = ticks;
        this.timers = candidate.create(new Timers.TimerConfig(clock, ttl, TimerRecords.all(order.length), due));
        armAll();
        List<TimerRecord> arriving = TimerRecords.of(order);
        extendAll(arriving, TOUCH_TICKS);
        pass(TTL_TICKS - TOUCH_TICKS - 1);
        extendAll(arriving, ticks);
        pass(TTL_TICKS - ticks);
    }

    private void armAll() {
        for (int i = 0; i < order.length; i++) {
            timers.arm(i);
            passFor(i, ARMING_TICKS);
        }
    }

    private void extendAll(List<TimerRecord> arriving, int duringTicks) {
        for (int i = 0; i < order.length; i++) {
            timers.touch(order[i], arriving.get(i));
            passFor(i, duringTicks);
        }
    }

    /* Moves the clock to the time of the i-th of all steps, which are spread over a number of ticks. The last tick has
     * not passed. */
    private void passFor(int i, int duringTicks) {
        long passed = tickOf(i + 1, duringTicks) - tickOf(i, duringTicks);
        clock.skip(passed * TICK_NANOS);
        if (passed > 0 || i % ADVANCE_INTERVAL == 0) {
            timers.advance();
        }
    }

    private long tickOf(int i, int duringTicks) {
        return Math.min((long) i * duringTicks / order.length, duringTicks - 1);
    }

    private void pass(int passed) {
        for (int i = 0; i < passed; i++) {
            clock.skip(TICK_NANOS);
            timers.advance();
        }
    }

    @Override
    public void expireAll() {
        pass(ticks);
        long latest = clock.getAsLong() + MAX_LATE_NANOS;
        while (timers.remaining() > 0 && clock.getAsLong() < latest) {
            pass(1);
        }
    }

    @Override
    public long remaining() {
        return timers.remaining();
    }

    @Override
    public void close() {
        timers.close();
    }
}
