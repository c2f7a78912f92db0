package io.presence.bench.expiry.peer;

import io.presence.internal.wheel.TimerWheel;
import io.presence.internal.wheel.WheelTimer;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The library's timer wheel without a store. It is internal, so that users cannot have it. A timer is reached by
 * reference and is extended as the store does it: by a compare-and-set of its deadline, which allows for a race with
 * its expiry.
 */
final class WheelTimers implements Timers {

    private static final int BUDGET = 1024;
    private static final long ENDED = Long.MIN_VALUE;

    private final TimerConfig config;
    private final LeasedTimer[] probes;
    private final TimerWheel<LeasedTimer> wheel;

    WheelTimers(TimerConfig config) {
        this.config = config;
        this.wheel = new TimerWheel<>(config.clock().getAsLong() / TICK_NANOS);
        this.probes = config.records().stream()
                .map(record -> new LeasedTimer(record.id()))
                .toArray(LeasedTimer[]::new);
    }

    private static final class LeasedTimer extends WheelTimer {
        private static final AtomicLongFieldUpdater<LeasedTimer> DEADLINE =
                AtomicLongFieldUpdater.newUpdater(LeasedTimer.class, "deadline");

        private final String id;
        private volatile long deadline;

        LeasedTimer(String id) {
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
        LeasedTimer probe = probes[timer];
        probe.deadline = config.deadline();
        wheel.schedule(probe, tickOf(probe.deadline));
    }

    private static long tickOf(long deadline) {
        return (deadline - 1) / TICK_NANOS + 1;
    }

    @Override
    public void touch(int timer, TimerRecord arrived) {
        long now = config.clock().getAsLong();
        if (!probes[timer].extend(now, now + config.ttl().toNanos())) {
            throw new IllegalStateException("timer must not be due: " + timer);
        }
    }

    @Override
    public void advance() {
        long now = config.clock().getAsLong();
        int work;
        do {
            work = wheel.advance(now / TICK_NANOS, BUDGET, (probe, tick) -> reached(probe, now));
        } while (work == BUDGET);
    }

    private long reached(LeasedTimer probe, long now) {
        if (probe.end(now)) {
            config.due().accept(probe.id);
            return TimerWheel.CONSUMED;
        }
        return tickOf(probe.deadline);
    }

    @Override
    public long remaining() {
        return wheel.size();
    }

    @Override
    public void close() {
        /* No thread to stop. */
    }
}
