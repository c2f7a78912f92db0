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
 * A burst of Netty's timers that are due in one tick of the system's clock. The first timer of that tick blocks the
 * thread until {@link #expireAll}. The measured time is from the first expiry to the last and excludes the waiting
 * before it.
 *
 * <p>The wheel has its default size. The length of a tick does not matter, but all timers must be accepted before they
 * are due, and must be due in one tick.
 */
public final class NettyExpiryBurst implements ExpiryBurst {

    private static final int ACCEPTED_PER_TICK = 100_000;
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
     * Arms the timers and waits until they are due.
     *
     * @param records the records of the timers
     * @param order the numbers of the timers in the order in which they become due
     * @param isMapped whether each timer is found by id in a hash map and removed from it on expiry
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
        long ticks = START_TICKS + count / ACCEPTED_PER_TICK + START_TICKS_PER_MILLION * (count / 1_000_000);
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
