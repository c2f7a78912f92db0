package io.presence.bench.expiry.peer;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.presence.bench.expiry.peer.Timers.TimerConfig;
import io.presence.bench.expiry.peer.Timers.TimerRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A burst of Netty's timers, which are due in one tick of the system's clock. A first timer of the same tick keeps the
 * thread until all are to end: what is timed is from the first to the last, and not the waiting before.
 *
 * <p>The wheel is as it is by default. The length of a tick is no matter, but all must be taken in before they are due,
 * and be due in the same.
 */
public final class NettyExpiryBurst implements ExpiryBurst {
    private static final int TAKEN_IN_PER_TICK = 100_000;
    private static final int TICKS = 512;
    private static final long TICK_NANOS = Duration.ofMillis(100).toNanos();
    private static final long START_TICKS = 10;
    private static final long START_TICKS_PER_MILLION = 20;

    private final HashedWheelTimer timer = new HashedWheelTimer(TICK_NANOS, TimeUnit.NANOSECONDS, TICKS);
    private final CountDownLatch gathered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final NettyTimers timers;

    /**
     * Gathers a burst, and waits until it is due.
     *
     * @param records what they are about
     * @param order their numbers, in the order in which they come due
     * @param isMapped whether each is found by id in a hash map, and leaves it when it ends
     */
    public NettyExpiryBurst(List<TimerRecord> records, int[] order, boolean isMapped, Consumer<String> due)
            throws InterruptedException {
        long[] remaining = {order.length};
        Consumer<String> counted = id -> {
            due.accept(id);
            if (--remaining[0] == 0) {
                ended.countDown();
            }
        };
        timer.start();
        long started = System.nanoTime();
        timers = new NettyTimers(new TimerConfig(System::nanoTime, Duration.ZERO, records, counted), timer, isMapped);
        long at = started + middleOfTick(order.length);
        timer.newTimeout(this::hold, at - System.nanoTime(), TimeUnit.NANOSECONDS);
        for (int number : order) {
            timers.arm(number, at - System.nanoTime());
        }
        System.gc();
        gathered.await();
    }

    private static long middleOfTick(int count) {
        long ticks = START_TICKS + count / TAKEN_IN_PER_TICK + START_TICKS_PER_MILLION * (count / 1_000_000);
        return ticks * TICK_NANOS + TICK_NANOS / 2;
    }

    private void hold(Timeout first) throws InterruptedException {
        gathered.countDown();
        released.await();
    }

    @Override
    public void expireAll() throws InterruptedException {
        released.countDown();
        ended.await();
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
