package io.presence.examples.gateway.deliver;

import io.presence.PresenceStore;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks at the end of the duty cycle in which they are added. The tasks of all sockets share one
 * {@link PresenceStore#flush}.
 *
 * <p><b>Threads.</b> Safe for use by any thread. Tasks run on the dispatcher and must not block.
 */
public final class CycleEnd {

    private final PresenceStore store;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger due = new AtomicInteger();

    /** Creates an object without tasks. */
    public CycleEnd(PresenceStore store) {
        this.store = store;
    }

    /** Adds a task. */
    void add(Runnable task) {
        tasks.add(task);
        if (due.getAndIncrement() == 0) {
            var unused = store.flush().whenComplete((done, closed) -> run());
        }
    }

    private void run() {
        for (int left = due.getAndSet(0); left > 0; left--) {
            tasks.remove().run();
        }
    }
}
