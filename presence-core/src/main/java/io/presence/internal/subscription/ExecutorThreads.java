package io.presence.internal.subscription;

import io.presence.internal.delivery.OpenSubscriptions;
import io.presence.internal.delivery.ReliableExecutor;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which executors of the host are known to run: the one that ran an empty task of the executor of the
 * store, and those that have called listeners. If an executor has one thread, that thread must not wait for a task of
 * the executor. An executor that runs tasks on the calling thread has no such thread, and the threads of the store are
 * added as needed.
 *
 * <p><b>Cost.</b> One task for each store with an executor of the host, and a weak reference. {@link #needing} visits
 * all subscriptions.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ExecutorThreads {

    private final OpenSubscriptions open;
    /* Null for the dispatcher and for threads of the store. */
    private final @Nullable Executor standard;
    private volatile @Nullable WeakReference<Thread> learned;

    /**
     * Creates a registry without known threads.
     *
     * @param open all subscriptions
     * @param standard the executor of subscriptions that name none, or null
     */
    ExecutorThreads(OpenSubscriptions open, @Nullable Executor standard) {
        this.open = open;
        this.standard = standard instanceof ReliableExecutor ? null : standard;
    }

    /**
     * Submits an empty task to the executor of the store to learn one of its threads. Does not throw: a rejection is
     * reported when the executor rejects a drain.
     */
    void learn() {
        Thread caller = Thread.currentThread();
        try {
            if (standard != null) {
                standard.execute(() -> recordUnless(caller));
            }
        } catch (Throwable refused) {
            /* The thread remains unknown. */
        }
    }

    private void recordUnless(Thread caller) {
        Thread thread = Thread.currentThread();
        if (thread != caller) {
            learned = new WeakReference<>(thread);
        }
    }

    private boolean isLearned(Thread thread) {
        WeakReference<Thread> known = learned;
        return known != null && known.get() == thread;
    }

    /**
     * Returns the executors that are known to run on a thread, and on no other: one that has called a listener on
     * another thread does not need this one. By that thread.
     */
    Set<Executor> needing(Thread thread) {
        Set<Executor> needing = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Executor> ofSeveralThreads = Collections.newSetFromMap(new IdentityHashMap<>());
        if (standard != null && isLearned(thread)) {
            needing.add(standard);
        }
        open.forEach(subscription -> {
            Executor executor = subscription.executor();
            if (executor != null && subscription.wasCalledBy(thread)) {
                needing.add(executor);
            } else if (executor != null && subscription.wasCalledByOtherThan(thread)) {
                ofSeveralThreads.add(executor);
            }
        });
        needing.removeIf(executor -> executor instanceof ReliableExecutor || ofSeveralThreads.contains(executor));
        return needing;
    }
}
