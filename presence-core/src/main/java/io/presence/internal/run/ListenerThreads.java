package io.presence.internal.run;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few threads of a store on which listeners are called that name no executor of their own. They start when there is
 * something to tell, and end when there has been nothing for a while.
 *
 * <p>What waits for a thread is bounded by the number of subscriptions, each of which waits at most once.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class ListenerThreads implements Executor, AutoCloseable {

    private static final int MAX_THREADS = 4;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /**
     * Starts no thread yet.
     *
     * @param threads makes them
     */
    public ListenerThreads(ThreadFactory threads) {
        int most = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        pool = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> threads.newThread(() -> run(task)));
        pool.allowCoreThreadTimeOut(true);
    }

    private void run(Runnable task) {
        running.add(Thread.currentThread());
        try {
            task.run();
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    @Override
    public void execute(Runnable turn) {
        pool.execute(turn);
    }

    /** Returns whether turns wait for a thread while all threads are in turns. */
    public boolean isShort() {
        return !pool.getQueue().isEmpty() && pool.getActiveCount() >= pool.getMaximumPoolSize();
    }

    /** Ends the threads as soon as no listener is called. */
    @Override
    public void close() {
        pool.shutdown();
    }

    /** Waits until the threads have ended, after {@link #close}, unless called by one of them. */
    public void awaitEnd(Duration timeout) {
        if (running.contains(Thread.currentThread())) {
            return;
        }
        try {
            pool.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
