package io.presence.internal.dispatch;

import io.presence.internal.delivery.ReliableExecutor;
import io.presence.internal.stats.FailureLog;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The default executor of listeners. From JDK 24 on it starts a virtual thread for each drain. Before JDK 24, where a
 * listener that blocks in {@code synchronized} pins its carrier thread, or if the host sets a thread factory, it is a
 * {@linkplain ListenerPool pool} of platform threads.
 *
 * <p>The number of queued drains is at most the number of subscriptions.
 *
 * <p><b>Threads.</b> Safe for use by any thread, except as {@link ReliableExecutor} says.
 */
public abstract class ListenerThreads implements ReliableExecutor, AutoCloseable {

    private static final int FIRST_WITHOUT_PINNING = 24;

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    /* The number of threads that have not ended, plus 1 until this is closed. */
    private final AtomicInteger alive = new AtomicInteger(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean isClosed = new AtomicBoolean();

    ListenerThreads() {}

    /**
     * Creates an executor that has not started a thread.
     *
     * @param name the prefix of thread names, unless the factory is set
     * @param factory the thread factory of the host, or null
     * @param maxThreads the bound on platform threads
     * @param failures counts and logs failures of the factory
     * @param wakeUp called when a drain is queued, no thread is idle and none was added
     */
    public static ListenerThreads of(
            String name, @Nullable ThreadFactory factory, int maxThreads, FailureLog failures, Runnable wakeUp) {
        if (factory != null) {
            return new ListenerPool(factory, maxThreads, failures, wakeUp);
        }
        return Runtime.version().feature() >= FIRST_WITHOUT_PINNING
                ? new VirtualThreads(name + "-listener-")
                : new ListenerPool(daemons(name + "-listener-"), maxThreads, failures, wakeUp);
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Counts a thread that is about to start. False if this is closed. */
    final boolean isAdmitted() {
        alive.incrementAndGet();
        if (isClosed.get()) {
            hasEnded();
            return false;
        }
        return true;
    }

    /** Counts off a thread that has ended or did not start. */
    final void hasEnded() {
        if (alive.decrementAndGet() == 0) {
            ended.countDown();
        }
    }

    /** Notes that an admitted thread has started. If this throws, the thread must {@link #leave}. */
    final void enter() {
        threads.add(Thread.currentThread());
    }

    /** Counts off an admitted thread at its end. */
    final void leave() {
        threads.remove(Thread.currentThread());
        hasEnded();
    }

    /** Runs the body of an admitted thread. */
    final void runAdmitted(Runnable body) {
        try {
            enter();
            body.run();
        } finally {
            leave();
        }
    }

    final boolean isClosed() {
        return isClosed.get();
    }

    final void requireOpen() {
        if (isClosed.get()) {
            throw new RejectedExecutionException("store is closed");
        }
    }

    /** Ends each thread as soon as it has no drain to run. */
    @Override
    public void close() {
        /* The dispatcher and a caller of close can both be here. Only one takes its part off the threads. */
        if (isClosed.compareAndSet(false, true)) {
            hasEnded();
        }
    }

    /** Waits until the threads have ended, after {@link #close}. Returns at once on one of these threads. */
    public void awaitEnd(Duration timeout) {
        if (threads.contains(Thread.currentThread())) {
            return;
        }
        try {
            var unused = ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
