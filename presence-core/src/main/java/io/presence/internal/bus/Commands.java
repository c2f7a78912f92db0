package io.presence.internal.bus;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Requests of other threads to the dispatcher: add and remove subscriptions, report when it has caught up.
 *
 * <p>Not a JCTools queue like the dirty queue: a producer stopped half-way through adding would hide the commands
 * behind its own, and then a write made after {@code subscribe} returned could be missed.
 *
 * <p><b>Cost.</b> O(1) for each command; no call goes over the queue. A round runs at most {@value #BUDGET} commands
 * ({@link #runSome}). As long as more are pending the dispatcher captures no write, since {@link #drain} must run all of
 * them between a capture and its match.
 *
 * <p><b>Threads.</b> {@link #add} by any thread, the rest by the dispatcher.
 */
final class Commands {

    static final int BUDGET = 1024;

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    /* Counted after the command is in the queue, so that as many as are counted can be taken from it. */
    private final AtomicLong added = new AtomicLong();
    private final Runnable wakeUp;
    private final Consumer<Throwable> failures;
    private long taken;

    /**
     * Makes an empty queue.
     *
     * @param wakeUp called after each command that was added
     * @param failures called with what a command throws; must not throw
     */
    Commands(Runnable wakeUp, Consumer<Throwable> failures) {
        this.wakeUp = wakeUp;
        this.failures = failures;
    }

    void add(Runnable command) {
        queue.add(command);
        added.incrementAndGet();
        wakeUp.run();
    }

    /** Runs all commands that were added before this call. */
    int drain() {
        return run(added.get() - taken);
    }

    /** Runs the commands that were added before this call, at most {@value #BUDGET}. */
    int runSome() {
        return run(Math.min(BUDGET, added.get() - taken));
    }

    private int run(long most) {
        int done = 0;
        while (done < most) {
            Runnable command = queue.poll();
            if (command == null) {
                break;
            }
            taken++;
            done++;
            run(command);
        }
        return done;
    }

    private void run(Runnable command) {
        try {
            command.run();
        } catch (Throwable failure) {
            failures.accept(failure);
        }
    }

    /** Returns whether as many commands are pending as a round may run, or more. */
    boolean areMany() {
        return added.get() - taken >= BUDGET;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}
