package io.presence.internal.subscription;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Requests of other threads to the dispatcher: add and remove subscriptions, report when it has caught up.
 *
 * <p>Not a JCTools queue like the dirty queue: a producer stopped half-way through adding would hide the commands
 * behind its own, and then a write made after {@code subscribe} returned could be missed.
 *
 * <p><b>Cost.</b> O(1) for each command; no call goes over the queue. A round runs at most {@value #BUDGET} commands,
 * for at most {@value #SLICE_MILLIS} milliseconds ({@link #runSome}). As long as more than {@value #FEW} are pending
 * the dispatcher captures no write, since {@link #drain} must run all of them between a capture and its match.
 *
 * <p><b>Threads.</b> {@link #add} by any thread, the rest by the dispatcher.
 */
final class CommandQueue {

    static final int BUDGET = 1024;
    static final int FEW = 64;

    private static final int SLICE_MILLIS = 5;
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS);

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    /* Counted after the command is in the queue, so that as many as are counted can be taken from it. */
    private final AtomicLong added = new AtomicLong();
    private final Runnable wakeUp;
    private final BiConsumer<Runnable, Throwable> failures;
    private final LongSupplier nanos;
    private long taken;

    /**
     * Makes an empty queue.
     *
     * @param wakeUp called after each command that was added
     * @param failures called with a command and what it throws; must not throw
     * @param nanos a monotonic clock that does not fail
     */
    CommandQueue(Runnable wakeUp, BiConsumer<Runnable, Throwable> failures, LongSupplier nanos) {
        this.wakeUp = wakeUp;
        this.failures = failures;
        this.nanos = nanos;
    }

    void add(Runnable command) {
        queue.add(command);
        added.incrementAndGet();
        wakeUp.run();
    }

    /** Runs all commands that were added before this call. */
    int drain() {
        long most = pending();
        int done = 0;
        while (done < most && isNextRun()) {
            done++;
        }
        return done;
    }

    /** Runs commands that were added before this call, within the budget. */
    int runSome() {
        long most = Math.min(BUDGET, pending());
        int done = 0;
        long start = most > 0 ? nanos.getAsLong() : 0;
        while (done < most && isNextRun()) {
            done++;
            if (nanos.getAsLong() - start >= SLICE) {
                break;
            }
        }
        return done;
    }

    private long pending() {
        return added.get() - taken;
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
    boolean areMany() {
        return pending() > FEW;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}
