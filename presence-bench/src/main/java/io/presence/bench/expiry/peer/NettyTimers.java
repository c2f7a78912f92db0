package io.presence.bench.expiry.peer;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty's {@code HashedWheelTimer}, which has its own clock and thread. A heartbeat cancels a timer and makes another.
 * The thread does half of the work, so compare the processor time too.
 *
 * <p>Its tick is that of the other candidates, and one turn of the wheel takes longer than the TTL. It accepts at most
 * 100,000 new timers in each tick; with the default tick of 100 ms it would never catch up.
 */
final class NettyTimers implements Timers {

    private static final int TICKS = 4096;

    private final TimerConfig config;
    private final HashedWheelTimer timer;
    private final NettyTimer[] all;
    private final @Nullable ConcurrentHashMap<String, NettyTimer> byId;

    private NettyTimers(
            TimerConfig config, HashedWheelTimer timer, @Nullable ConcurrentHashMap<String, NettyTimer> byId) {
        this.config = config;
        this.timer = timer;
        this.byId = byId;
        this.all = config.records().stream()
                .map(record -> new NettyTimer(record.id()))
                .toArray(NettyTimer[]::new);
        if (byId != null) {
            for (NettyTimer held : all) {
                byId.put(held.id, held);
            }
        }
    }

    /**
     * Makes timers of a wheel.
     *
     * @param isMapped whether timers are found by id in a hash map and removed from it on expiry; otherwise they are
     *     reached by reference
     */
    NettyTimers(TimerConfig config, HashedWheelTimer timer, boolean isMapped) {
        this(config, timer, isMapped ? new ConcurrentHashMap<>() : null);
    }

    /** Returns timers that are reached by reference. */
    static Timers atHand(TimerConfig config) {
        return new NettyTimers(config, wheel(), false);
    }

    /** Returns timers that are found by id in a hash map and removed from it on expiry. */
    static Timers mapped(TimerConfig config) {
        return new NettyTimers(config, wheel(), true);
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
            config.due().accept(id);
        }
    }

    @Override
    public void arm(int number) {
        arm(number, config.ttl().toNanos());
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
        held.timeout = timer.newTimeout(held, config.ttl().toNanos(), TimeUnit.NANOSECONDS);
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
