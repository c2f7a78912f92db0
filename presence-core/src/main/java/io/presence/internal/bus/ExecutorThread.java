package io.presence.internal.bus;

import java.lang.ref.WeakReference;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which the host's executor ran one empty task. If the executor has one thread, that is the thread that must not
 * wait for what the executor runs. An executor that runs tasks on the calling thread has no such thread.
 *
 * <p><b>Cost.</b> One task for each store that is given an executor, and a weak reference.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ExecutorThread {

    private volatile @Nullable WeakReference<Thread> thread;

    /** Finds out the thread. Does not throw: an executor that refuses is reported when it refuses a turn. */
    void learn(Executor executor) {
        Thread asking = Thread.currentThread();
        try {
            executor.execute(() -> noteUnless(asking));
        } catch (Throwable refused) {
            thread = null;
        }
    }

    private void noteUnless(Thread asking) {
        Thread running = Thread.currentThread();
        if (running != asking) {
            thread = new WeakReference<>(running);
        }
    }

    boolean is(Thread candidate) {
        WeakReference<Thread> known = thread;
        return known != null && known.get() == candidate;
    }
}
