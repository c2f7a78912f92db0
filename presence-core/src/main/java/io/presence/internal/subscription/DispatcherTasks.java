package io.presence.internal.subscription;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The drains of on-dispatcher listeners that have more to deliver than one slice, or that another thread scheduled. A
 * duty cycle runs at least one of them, and no further one after {@value #SLICE_MILLIS} milliseconds.
 *
 * <p><b>Threads.</b> {@link #add} by any thread, the rest by the dispatcher.
 */
final class DispatcherTasks {

    private static final int SLICE_MILLIS = 5;
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS);

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    /* Incremented after the task is in the queue, so that this many tasks can be polled. */
    private final AtomicLong added = new AtomicLong();
    private final Runnable wakeUp;
    private final LongSupplier nanos;
    private long taken;

    /**
     * Creates an empty queue.
     *
     * @param wakeUp called after each task that was added
     * @param nanos a monotonic clock that does not fail
     */
    DispatcherTasks(Runnable wakeUp, LongSupplier nanos) {
        this.wakeUp = wakeUp;
        this.nanos = nanos;
    }

    void add(Runnable task) {
        queue.add(task);
        added.incrementAndGet();
        wakeUp.run();
    }

    /** Runs tasks that were added before this call. A task can add the next one. Returns their number. */
    int runSome() {
        long max = added.get() - taken;
        if (max <= 0) {
            return 0;
        }
        long start = nanos.getAsLong();
        int count = 0;
        do {
            Runnable task = queue.poll();
            if (task == null) {
                break;
            }
            taken++;
            count++;
            task.run();
        } while (count < max && nanos.getAsLong() - start < SLICE);
        return count;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}
