package io.presence.bench.expiry.peer;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.jspecify.annotations.Nullable;

/**
 * Agrona's {@code DeadlineTimerWheel}, polled by hand. A timer is put off by cancelling it and scheduling another.
 *
 * <p>A schedule looks for a free cell among all timers of its tick. So the wheel has eight times finer ticks than the
 * others, and at a million timers in half a minute about 32 for each tick and 64 cells, which is the cheapest there: fewer
 * make more memory and more polls, more make longer searches. The million of one tick can't be made in bearable time.
 *
 * <p>It tells which timer is due by a number that it chose when the timer was scheduled, and leaves it to its user to know
 * whose that is. That search is not made here, in its favour, unless {@link #reached} is overridden.
 */
class AgronaTimers implements Timers {
    private static final long RESOLUTION_NANOS = TICK_NANOS / 8;
    private static final int TICKS = 1 << 15;
    private static final int CELLS = 64;

    private final TimerConfig setting;
    private final AgronaTimer[] all;
    private final @Nullable ConcurrentHashMap<String, AgronaTimer> byId;
    private final DeadlineTimerWheel wheel;

    private AgronaTimers(TimerConfig setting, @Nullable ConcurrentHashMap<String, AgronaTimer> byId) {
        this.setting = setting;
        this.byId = byId;
        this.wheel = new DeadlineTimerWheel(
                TimeUnit.NANOSECONDS, setting.clock().getAsLong(), RESOLUTION_NANOS, TICKS, CELLS);
        this.all = setting.records().stream()
                .map(record -> new AgronaTimer(record.id()))
                .toArray(AgronaTimer[]::new);
        if (byId != null) {
            for (AgronaTimer held : all) {
                byId.put(held.id, held);
            }
        }
    }

    /** Timers that are at hand. */
    AgronaTimers(TimerConfig setting) {
        this(setting, null);
    }

    /** Timers that are found by id in a hash map. */
    static Timers mapped(TimerConfig setting) {
        return new AgronaTimers(setting, new ConcurrentHashMap<>());
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
        all[timer].timerId = wheel.scheduleTimer(setting.deadline());
    }

    @Override
    public void touch(int timer, TimerRecord arrived) {
        AgronaTimer held = byId == null ? all[timer] : byId.get(arrived.id());
        if (held == null || !wheel.cancelTimer(held.timerId)) {
            throw new IllegalStateException("timer must be armed: " + timer);
        }
        held.timerId = wheel.scheduleTimer(setting.deadline());
    }

    /* One poll looks at one tick. The last is not over yet. */
    @Override
    public void advance() {
        long now = setting.clock().getAsLong();
        while (wheel.currentTickTime() <= now) {
            wheel.poll(now, this::reached, Integer.MAX_VALUE);
        }
        wheel.poll(now, this::reached, Integer.MAX_VALUE);
    }

    private boolean reached(TimeUnit unit, long now, long timerId) {
        reached(timerId);
        return true;
    }

    /** Is delivered which timer has ended. */
    void reached(long timerId) {
        setting.due().accept("");
    }

    /** Returns by which number the wheel knows a timer. */
    long timerId(int timer) {
        return all[timer].timerId;
    }

    @Override
    public long remaining() {
        return wheel.timerCount();
    }

    @Override
    public void close() {
        /* Nothing runs. */
    }
}
