package io.presence.bench.expiry.peer;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty's {@code HashedWheelTimer}, which has a clock and a thread of its own. A timer is put off by cancelling it and
 * making another; the thread does half of the work, so look at processor time too.
 *
 * <p>Its ticks are the others', and its wheel is longer than the lifetime, so that no timer waits for another round. It
 * takes in 100,000 new timers a tick at most: at the default tick of 100 ms it would fall behind for ever.
 */
final class NettyTimers implements Timers {
    private static final int TICKS = 4096;

    private final TimerConfig setting;
    private final HashedWheelTimer timer;
    private final NettyTimer[] all;
    private final @Nullable ConcurrentHashMap<String, NettyTimer> byId;

    private NettyTimers(
            TimerConfig setting, HashedWheelTimer timer, @Nullable ConcurrentHashMap<String, NettyTimer> byId) {
        this.setting = setting;
        this.timer = timer;
        this.byId = byId;
        this.all = setting.records().stream()
                .map(record -> new NettyTimer(record.id()))
                .toArray(NettyTimer[]::new);
        if (byId != null) {
            for (NettyTimer held : all) {
                byId.put(held.id, held);
            }
        }
    }

    /**
     * Timers of a wheel.
     *
     * @param isMapped whether they are found by id in a hash map, and leave it when they end; else they are at hand
     */
    NettyTimers(TimerConfig setting, HashedWheelTimer timer, boolean isMapped) {
        this(setting, timer, isMapped ? new ConcurrentHashMap<>() : null);
    }

    /** Timers that are at hand. */
    static Timers atHand(TimerConfig setting) {
        return new NettyTimers(setting, wheel(), false);
    }

    /** Timers that are found by id in a hash map, and leave it when they end. */
    static Timers mapped(TimerConfig setting) {
        return new NettyTimers(setting, wheel(), true);
    }

    private static HashedWheelTimer wheel() {
        return new HashedWheelTimer(TICK_NANOS, TimeUnit.NANOSECONDS, TICKS);
    }

    private final class NettyTimer implements TimerTask {
        private final String id;
        private @Nullable Timeout timeout;

        NettyTimer(String id) {
            this.id = id;
        }

        @Override
        public void run(Timeout ended) {
            if (byId != null) {
                byId.remove(id, this);
            }
            setting.due().accept(id);
        }
    }

    @Override
    public void arm(int number) {
        arm(number, setting.ttl().toNanos());
    }

    void arm(int number, long nanos) {
        NettyTimer held = all[number];
        held.timeout = timer.newTimeout(held, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void touch(int number, TimerRecord arrived) {
        NettyTimer held = byId == null ? all[number] : byId.get(arrived.id());
        if (held == null || held.timeout == null || !held.timeout.cancel()) {
            throw new IllegalStateException("timer must be armed: " + number);
        }
        held.timeout = timer.newTimeout(held, setting.ttl().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void advance() {
        /* Left to its thread. */
    }

    @Override
    public long remaining() {
        return timer.pendingTimeouts();
    }

    @Override
    public void close() {
        timer.stop();
    }
}
