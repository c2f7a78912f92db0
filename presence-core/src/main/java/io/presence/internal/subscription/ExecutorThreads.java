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
 * The threads on which executors of the host are known to run: the one that ran an empty task of the store's own
 * executor, and those that have called listeners. If an executor has one thread, that thread must not wait for what the
 * executor runs. An executor that runs tasks on the calling thread has no such thread, and the store's own threads are
 * as many as it takes.
 *
 * <p><b>Cost.</b> One task for each store that is given an executor, and a weak reference. A look goes over all
 * subscriptions.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ExecutorThreads {

    private final OpenSubscriptions open;
    /* Null for the dispatcher and for threads of the store. */
    private final @Nullable Executor standard;
    private volatile @Nullable WeakReference<Thread> learned;

    /**
     * Starts without knowledge.
     *
     * @param open all subscriptions
     * @param standard runs those that name no executor, or null
     */
    ExecutorThreads(OpenSubscriptions open, @Nullable Executor standard) {
        this.open = open;
        this.standard = standard instanceof ReliableExecutor ? null : standard;
    }

    /**
     * Finds out the thread of the store's executor. Does not throw: one that refuses is reported when it refuses a
     * turn.
     */
    void learn() {
        Thread asking = Thread.currentThread();
        try {
            if (standard != null) {
                standard.execute(() -> recordUnless(asking));
            }
        } catch (Throwable refused) {
            /* Nothing is known of it then. */
        }
    }

    private void recordUnless(Thread asking) {
        Thread running = Thread.currentThread();
        if (running != asking) {
            learned = new WeakReference<>(running);
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
