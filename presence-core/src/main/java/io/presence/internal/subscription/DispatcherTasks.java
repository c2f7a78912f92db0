package io.presence.internal.subscription;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Turns of direct subscriptions that have more to deliver than one turn may, or that another thread signalled. A round runs
 * them one after the other until {@value #SLICE_MILLIS} milliseconds have passed, and at least one; the rest runs in later
 * rounds.
 *
 * <p><b>Threads.</b> {@link #add} by any thread, the rest by the dispatcher.
 */
final class DispatcherTasks {

    private static final int SLICE_MILLIS = 5;
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS);

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    /* Counted after the turn is in the queue, so that as many as are counted can be taken from it. */
    private final AtomicLong added = new AtomicLong();
    private final Runnable wakeUp;
    private final LongSupplier nanos;
    private long taken;

    /**
     * Makes an empty queue.
     *
     * @param wakeUp called after each turn that was added
     * @param nanos a monotonic clock that does not fail
     */
    DispatcherTasks(Runnable wakeUp, LongSupplier nanos) {
        this.wakeUp = wakeUp;
        this.nanos = nanos;
    }

    void add(Runnable turn) {
        queue.add(turn);
        added.incrementAndGet();
        wakeUp.run();
    }

    /** Runs turns that were added before this call: a turn may add the next one. Returns how many. */
    int runSome() {
        long most = added.get() - taken;
        if (most <= 0) {
            return 0;
        }
        long start = nanos.getAsLong();
        int done = 0;
        do {
            Runnable turn = queue.poll();
            if (turn == null) {
                break;
            }
            taken++;
            done++;
            turn.run();
        } while (done < most && nanos.getAsLong() - start < SLICE);
        return done;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}
