package io.presence.internal.subscription;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The queue of commands from other threads to the dispatcher.
 *
 * <p>A thread that is suspended while adding a command must not hide those behind it: a write made after
 * {@code subscribe} returned would be missed. So it is not a JCTools queue like the dirty queue, and a command is
 * counted before it is enqueued.
 *
 * <p><b>Cost.</b> O(1) for each command; no method traverses the queue. A duty cycle runs at most {@value #BUDGET}
 * commands, for at most {@value #SLICE_MILLIS} milliseconds ({@link #runSome}). While more than {@value #CAPTURE_LIMIT}
 * are pending the dispatcher captures no write, since {@link #drain} must run all of them between a capture and its
 * match.
 *
 * <p><b>Threads.</b> {@link #add} by any thread, the rest by the dispatcher.
 */
final class CommandQueue {

    static final int BUDGET = 1024;
    static final int CAPTURE_LIMIT = 64;

    private static final int SLICE_MILLIS = 5;
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS);

    private final Queue<Runnable> queue;
    /*
     * Incremented before the command is in the queue. So at least all commands whose add() has returned are counted,
     * even if a thread that is suspended within add() has put another command before them.
     */
    private final AtomicLong begun = new AtomicLong();
    private final Runnable wakeUp;
    private final BiConsumer<Runnable, Throwable> failures;
    private final LongSupplier nanos;
    private long taken;

    /**
     * Creates an empty queue.
     *
     * @param wakeUp called after each command that was added
     * @param failures called with a command and what it throws; must not throw
     * @param nanos a monotonic clock that does not fail
     */
    CommandQueue(Runnable wakeUp, BiConsumer<Runnable, Throwable> failures, LongSupplier nanos) {
        this(new ConcurrentLinkedQueue<>(), wakeUp, failures, nanos);
    }

    CommandQueue(Queue<Runnable> queue, Runnable wakeUp, BiConsumer<Runnable, Throwable> failures, LongSupplier nanos) {
        this.queue = queue;
        this.wakeUp = wakeUp;
        this.failures = failures;
        this.nanos = nanos;
    }

    void add(Runnable command) {
        begun.incrementAndGet();
        try {
            queue.add(command);
        } catch (Throwable failure) {
            begun.decrementAndGet();
            throw failure;
        }
        wakeUp.run();
    }

    /** Runs all commands that were added before this call, and perhaps some that are being added. */
    int drain() {
        long max = pending();
        int count = 0;
        while (count < max && isNextRun()) {
            count++;
        }
        return count;
    }

    /** Runs commands as {@link #drain} does, within the budget. */
    int runSome() {
        long max = Math.min(BUDGET, pending());
        int count = 0;
        long start = max > 0 ? nanos.getAsLong() : 0;
        while (count < max && isNextRun()) {
            count++;
            if (nanos.getAsLong() - start >= SLICE) {
                break;
            }
        }
        return count;
    }

    private long pending() {
        return begun.get() - taken;
    }

    private boolean isNextRun() {
        Runnable command = queue.poll();
        if (command == null) {
            return false;
        }
        taken++;
        run(command);
        return true;
    }

    private void run(Runnable command) {
        try {
            command.run();
        } catch (Throwable failure) {
            failures.accept(command, failure);
        }
    }

    /** Returns whether more commands are pending than may be run between a capture and its match. */
    boolean exceedCaptureLimit() {
        return pending() > CAPTURE_LIMIT;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}
