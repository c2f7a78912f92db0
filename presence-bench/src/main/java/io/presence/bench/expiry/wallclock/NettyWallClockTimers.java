package io.presence.bench.expiry.wallclock;

import io.netty.util.HashedWheelTimer;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Netty's {@code HashedWheelTimer}. It accepts at most 100,000 new timers in each tick. */
final class NettyWallClockTimers implements WallClockTimers {

    private static final int ACCEPTED_PER_TICK = 100_000;

    private final HashedWheelTimer timer;
    private final Duration tick;
    private final Consumer<String> due;
    private int set;

    private NettyWallClockTimers(ThreadFactory threads, Duration tick, int ticks, Consumer<String> due) {
        this.timer = new HashedWheelTimer(threads, tick.toNanos(), TimeUnit.NANOSECONDS, ticks);
        this.tick = tick;
        this.due = due;
    }

    /** Returns a wheel with the default 512 ticks of 100 ms. */
    static WallClockTimers coarse(int count, ThreadFactory threads, Consumer<String> due) {
        return new NettyWallClockTimers(threads, Duration.ofMillis(100), 512, due);
    }

    /** Returns a wheel with the library's precision: 4096 ticks of 8 ms. */
    static WallClockTimers fine(int count, ThreadFactory threads, Consumer<String> due) {
        return new NettyWallClockTimers(threads, Duration.ofMillis(8), 4096, due);
    }

    @Override
    public void set(String id, Duration in) {
        timer.newTimeout(ended -> due.accept(id), in.toNanos(), TimeUnit.NANOSECONDS);
        set++;
    }

    @Override
    public void settle() {
        long until = System.nanoTime() + tick.toNanos() * (set / ACCEPTED_PER_TICK + 2);
        for (long now = System.nanoTime(); now < until; now = System.nanoTime()) {
            LockSupport.parkNanos(until - now);
        }
    }

    @Override
    public void close() {
        timer.stop();
    }
}
