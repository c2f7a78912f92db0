package io.presence.bench.expiry.peer;

import io.presence.internal.wheel.TimerWheel;
import io.presence.internal.wheel.WheelTimer;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The library's wheel without the store around it, which users can't have: it is internal. A timer is at hand, and put off
 * as the store does it, by its deadline alone and in a way that a race with its end would allow.
 */
final class WheelTimers implements Timers {
    private static final int BUDGET = 1024;
    private static final long ENDED = Long.MIN_VALUE;

    private final Setting setting;
    private final Probe[] probes;
    private final TimerWheel<Probe> wheel;

    WheelTimers(Setting setting) {
        this.setting = setting;
        this.wheel = new TimerWheel<>(setting.clock().getAsLong() / TICK_NANOS);
        this.probes =
                setting.plains().stream().map(plain -> new Probe(plain.id())).toArray(Probe[]::new);
    }

    private static final class Probe extends WheelTimer {
        private static final AtomicLongFieldUpdater<Probe> DEADLINE =
                AtomicLongFieldUpdater.newUpdater(Probe.class, "deadline");

        private final String id;
        private volatile long deadline;

        Probe(String id) {
            this.id = id;
        }

        boolean extend(long now, long target) {
            while (true) {
                long seen = deadline;
                if (now >= seen) {
                    return false;
                }
                if (target <= seen || DEADLINE.compareAndSet(this, seen, target)) {
                    return true;
                }
            }
        }

        boolean end(long now) {
            long seen = deadline;
            return now >= seen && DEADLINE.compareAndSet(this, seen, ENDED);
        }
    }

    @Override
    public void arm(int timer) {
        Probe probe = probes[timer];
        probe.deadline = setting.deadline();
        wheel.schedule(probe, tickOf(probe.deadline));
    }

    private static long tickOf(long deadline) {
        return (deadline - 1) / TICK_NANOS + 1;
    }

    @Override
    public void beat(int timer, Plain arrived) {
        long now = setting.clock().getAsLong();
        if (!probes[timer].extend(now, now + setting.ttl().toNanos())) {
            throw new IllegalStateException("timer must not be due: " + timer);
        }
    }

    @Override
    public void advance() {
        long now = setting.clock().getAsLong();
        int work;
        do {
            work = wheel.advance(now / TICK_NANOS, BUDGET, (probe, tick) -> reached(probe, now));
        } while (work == BUDGET);
    }

    private long reached(Probe probe, long now) {
        if (probe.end(now)) {
            setting.due().accept(probe.id);
            return TimerWheel.CONSUMED;
        }
        return tickOf(probe.deadline);
    }

    @Override
    public long left() {
        return wheel.size();
    }

    @Override
    public void close() {
        /* Nothing runs. */
    }
}
