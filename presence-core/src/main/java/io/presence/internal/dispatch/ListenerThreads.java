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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a store on which listeners are called that name no executor of their own: a virtual thread for each turn
 * from JDK 24 on, before that (where a listener that blocks in {@code synchronized} pins its carrier) or with a factory of
 * the host a {@linkplain ListenerPool pool} of platform threads.
 *
 * <p>What waits for a thread is bounded by the number of subscriptions, each of which waits at most once.
 *
 * <p><b>Threads.</b> Safe for use by any thread, as {@link ReliableExecutor} says.
 */
public abstract class ListenerThreads implements ReliableExecutor, AutoCloseable {

    private static final int FIRST_WITHOUT_PINNING = 24;

    private final Set<Thread> own = ConcurrentHashMap.newKeySet();
    /* The threads that have not ended, and one for the executor itself until it is closed. */
    private final AtomicInteger alive = new AtomicInteger(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isClosed;

    ListenerThreads() {}

    /**
     * Starts no thread yet.
     *
     * @param name begins the names of threads that come from no factory
     * @param factory the host's, or null
     * @param most how many platform threads there may be
     * @param failures where failures of the factory are counted and logged
     * @param wakeUp called when a turn waits for a thread
     */
    public static ListenerThreads of(
            String name, @Nullable ThreadFactory factory, int most, FailureLog failures, Runnable wakeUp) {
        if (factory != null) {
            return new ListenerPool(factory, most, failures, wakeUp);
        }
        return Runtime.version().feature() >= FIRST_WITHOUT_PINNING
                ? new VirtualThreads(name + "-listener-")
                : new ListenerPool(daemons(name + "-listener-"), most, failures, wakeUp);
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger made = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Counts a thread that is about to start. False if none may start any more. */
    final boolean isAdmitted() {
        alive.incrementAndGet();
        if (isClosed) {
            hasEnded();
            return false;
        }
        return true;
    }

    /** Counts a thread that has ended, or that did not start. */
    final void hasEnded() {
        if (alive.decrementAndGet() == 0) {
            ended.countDown();
        }
    }

    /** Runs the body of a thread that was admitted. */
    final void runAdmitted(Runnable body) {
        own.add(Thread.currentThread());
        try {
            body.run();
        } finally {
            own.remove(Thread.currentThread());
            hasEnded();
        }
    }

    final boolean isClosed() {
        return isClosed;
    }

    final void requireOpen() {
        if (isClosed) {
            throw new RejectedExecutionException("the store must be open");
        }
    }

    /** Ends the threads as soon as no turn waits and no listener is called. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            hasEnded();
        }
    }

    /** Waits until the threads have ended, after {@link #close}, unless called by one of them. */
    public void awaitEnd(Duration timeout) {
        if (own.contains(Thread.currentThread())) {
            return;
        }
        try {
            var unused = ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
