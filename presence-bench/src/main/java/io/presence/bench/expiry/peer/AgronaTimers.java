package io.presence.bench.expiry.peer;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.jspecify.annotations.Nullable;

/**
 * Agrona's {@code DeadlineTimerWheel}, polled by the caller. A heartbeat cancels a timer and schedules another.
 *
 * <p>A schedule searches for a free cell among all timers of its tick. The wheel therefore has ticks eight times finer
 * than the other candidates. At a million timers in half a minute it has about 32 timers and 64 cells for each tick,
 * which was the cheapest size: fewer cells take more memory and more polls, and more cells make longer searches. A
 * million timers in one tick take too long to schedule.
 *
 * <p>The wheel identifies an expired timer by a number that it chose at scheduling, and its user must map the number to
 * an id. This search is not made here, in Agrona's favour, unless {@link #reached} is overridden.
 */
class AgronaTimers implements Timers {

    private static final long RESOLUTION_NANOS = TICK_NANOS / 8;
    private static final int TICKS = 1 << 15;
    private static final int CELLS = 64;

    private final TimerConfig config;
    private final AgronaTimer[] all;
    private final @Nullable ConcurrentHashMap<String, AgronaTimer> byId;
    private final DeadlineTimerWheel wheel;

    private AgronaTimers(TimerConfig config, @Nullable ConcurrentHashMap<String, AgronaTimer> byId) {
        this.config = config;
        this.byId = byId;
        this.wheel = new DeadlineTimerWheel(
                TimeUnit.NANOSECONDS, config.clock().getAsLong(), RESOLUTION_NANOS, TICKS, CELLS);
        this.all = config.records().stream()
                .map(record -> new AgronaTimer(record.id()))
                .toArray(AgronaTimer[]::new);
        if (byId != null) {
            for (AgronaTimer held : all) {
                byId.put(held.id, held);
            }
        }
    }

    /** Makes timers that are reached by reference. */
    AgronaTimers(TimerConfig config) {
        this(config, null);
    }

    /** Returns timers that are found by id in a hash map. */
    static Timers mapped(TimerConfig config) {
        return new AgronaTimers(config, new ConcurrentHashMap<>());
    }

    private static final class AgronaTimer {
        private final String id;
        private long timerId;

        AgronaTimer(String id) {
            this.id = id;
        }
    }

    @Override
    public void arm(int timer) {
        all[timer].timerId = wheel.scheduleTimer(config.deadline());
    }

    @Override
    public void touch(int timer, TimerRecord arrived) {
        AgronaTimer held = byId == null ? all[timer] : byId.get(arrived.id());
        if (held == null || !wheel.cancelTimer(held.timerId)) {
            throw new IllegalStateException("timer must be armed: " + timer);
        }
        held.timerId = wheel.scheduleTimer(config.deadline());
    }

    /* One poll covers one tick, and the last tick is not over. */
    @Override
    public void advance() {
        long now = config.clock().getAsLong();
        while (wheel.currentTickTime() <= now) {
            wheel.poll(now, this::reached, Integer.MAX_VALUE);
        }
        wheel.poll(now, this::reached, Integer.MAX_VALUE);
    }

    private boolean reached(TimeUnit unit, long now, long timerId) {
        reached(timerId);
        return true;
    }

    /** Called with the number of each expired timer. */
    void reached(long timerId) {
        config.due().accept("");
    }

    /** Returns the wheel's number of a timer. */
    long timerId(int timer) {
        return all[timer].timerId;
    }

    @Override
    public long remaining() {
        return wheel.timerCount();
    }

    @Override
    public void close() {
        /* No thread to stop. */
    }
}
