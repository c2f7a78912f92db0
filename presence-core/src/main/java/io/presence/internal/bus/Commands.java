package io.presence.internal.bus;

import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What other threads ask the dispatcher to do: add and remove subscriptions, report when it has caught up.
 *
 * <p>Not a JCTools queue like the dirty queue: a producer stopped half-way through adding would hide the commands
 * behind its own, and then a write made after {@code subscribe} returned could be missed.
 *
 * <p><b>Threads.</b> {@link #add} by any thread, the rest by the dispatcher.
 */
final class Commands {

    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final Runnable wakeUp;

    /**
     * Makes an empty queue.
     *
     * @param wakeUp called after each command that was added
     */
    Commands(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    void add(Runnable command) {
        queue.add(command);
        wakeUp.run();
    }

    /** Runs all commands that were added before this call. */
    int drain() {
        int done = 0;
        if (!queue.isEmpty()) {
            for (int waiting = queue.size(); done < waiting; done++) {
                queue.remove().run();
            }
        }
        return done;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}
