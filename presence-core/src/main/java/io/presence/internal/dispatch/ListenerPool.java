package io.presence.internal.dispatch;

import static java.util.Objects.requireNonNull;

import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pool of platform threads that run drains from one queue. Up to the number of processors, a thread starts as soon as
 * a drain is queued and no thread is idle. Up to the bound, one more starts whenever drains have been queued for
 * {@value #GROWTH_DELAY_MILLIS} milliseconds because all threads are busy. So a burst of short drains adds few threads,
 * and until the bound is reached a listener that blocks delays others by at most that time. A thread that is idle for
 * {@value #IDLE_SECONDS} seconds ends.
 *
 * <p>If the factory fails, the failure is counted and drains stay in the queue until the next {@link #nudge} tries
 * again. A drain is rejected if there is no thread at all.
 *
 * <p><b>Memory ordering.</b> {@link #execute} adds the drain, then reads the number of idle threads. A thread first
 * decrements the number of idle threads, then reads the queue. So at least one of the two threads sees what the other
 * has written, and every queued drain is noticed.
 */
final class ListenerPool extends ListenerThreads {

    private static final String NO_THREAD =
            FailureLog.text("the thread factory created no thread for listeners, it is called again");
    private static final int GROWTH_DELAY_MILLIS = 5;
    private static final int IDLE_SECONDS = 10;
    private static final long GROWTH_DELAY = TimeUnit.MILLISECONDS.toNanos(GROWTH_DELAY_MILLIS);

    /* A task that ends the thread that takes it. */
    private static final Runnable STOP = new Runnable() {
        @Override
        public void run() {}
    };

    private final ThreadFactory factory;
    private final int maxThreads;
    private final int initialThreads;
    private final FailureLog failures;
    private final Runnable wakeUp;
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger workers = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    /* Whether the dispatcher has seen that drains lack a thread, and since when. */
    private long shortSince;
    private boolean isShortOfThreads;
    /* Whether the dispatcher was woken because a drain lacks a thread, so that it is woken once. */
    private volatile boolean isDispatcherWoken;
    /* Whether an idle thread may not know of the queued drains, so that another one takes them. */
    private volatile boolean isSignalLost;

    ListenerPool(ThreadFactory factory, int maxThreads, FailureLog failures, Runnable wakeUp) {
        this.factory = factory;
        this.maxThreads = maxThreads;
        this.initialThreads = Math.min(maxThreads, Runtime.getRuntime().availableProcessors());
        this.failures = failures;
        this.wakeUp = wakeUp;
    }

    @Override
    public void execute(Runnable drain) {
        requireOpen();
        try {
            queue.add(drain);
        } catch (Throwable thrown) {
            /* The drain can be queued all the same, without a signal to the thread that waits for one. */
            isSignalLost = true;
            throw thrown;
        }
        if (idle.get() > 0) {
            return;
        }
        if (!isThreadAdded(initialThreads)) {
            if (workers.get() == 0 && queue.remove(drain)) {
                throw new RejectedExecutionException("the thread factory created no thread");
            }
            wakeOnce();
        }
    }

    private void wakeOnce() {
        if (!isDispatcherWoken) {
            isDispatcherWoken = true;
            wakeUp.run();
        }
    }

    private boolean isLackingThread() {
        return !queue.isEmpty() && (isSignalLost || idle.get() == 0);
    }

    /* Adds a thread if there are less than the limit. True if it was added. */
    private boolean isThreadAdded(int limit) {
        int seen = workers.get();
        while (seen < limit) {
            if (workers.compareAndSet(seen, seen + 1)) {
                return isThreadStarted();
            }
            seen = workers.get();
        }
        return false;
    }

    private boolean isThreadStarted() {
        boolean isAdmitted = isAdmitted();
        /* A thread that starts counts as idle until it has read the queue. */
        idle.incrementAndGet();
        Throwable thrown = null;
        try {
            if (isAdmitted) {
                requireNonNull(factory.newThread(this::work), "a thread").start();
                return true;
            }
        } catch (Throwable failure) {
            thrown = failure;
        }
        idle.decrementAndGet();
        workers.decrementAndGet();
        if (thrown != null) {
            hasEnded();
            failures.report(Kind.THREAD_FACTORY, Level.ERROR, NO_THREAD, thrown);
        }
        return false;
    }

    /* Nothing is allocated outside of the try block: a thread that has no memory to start must not count as idle. */
    private void work() {
        boolean hasEntered = false;
        try {
            enter();
            hasEntered = true;
            runTasks();
        } finally {
            if (hasEntered) {
                workerEnded();
            } else {
                workerFailed();
            }
            leave();
        }
    }

    private void runTasks() {
        Runnable drain = next();
        /* Each thread takes one of the STOP tasks that close() adds. */
        while (drain != null && !(drain == STOP && isClosed())) {
            drain.run();
            /* The interrupt of one listener must not reach the next. */
            Thread.interrupted();
            idle.incrementAndGet();
            drain = next();
        }
    }

    /* Called by a thread that counts as idle. */
    private @Nullable Runnable next() {
        Runnable drain = null;
        try {
            drain = isClosed() ? queue.poll() : queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            drain = STOP;
        } finally {
            idle.decrementAndGet();
        }
        if (drain != null && isLackingThread() && !isThreadAdded(initialThreads)) {
            wakeOnce();
        }
        return drain;
    }

    /* A drain that was queued while the only thread was ending gets a new thread; from the dispatcher if need be. */
    private void workerEnded() {
        workers.decrementAndGet();
        if (isLackingThread() && !isThreadAdded(initialThreads)) {
            wakeOnce();
        }
    }

    /* The dispatcher adds another one later, since there is no memory now. */
    private void workerFailed() {
        idle.decrementAndGet();
        workers.decrementAndGet();
        wakeOnce();
    }

    @Override
    public void nudge(long nanos) {
        if (!isDispatcherWoken && queue.isEmpty()) {
            return;
        }
        /* Before the queue is read: a thread that reads false wakes the dispatcher again. */
        isDispatcherWoken = false;
        if (queue.isEmpty()) {
            isSignalLost = false;
        }
        if (!isLackingThread()) {
            isShortOfThreads = false;
            return;
        }
        isDispatcherWoken = true;
        if (!isShortOfThreads) {
            isShortOfThreads = true;
            shortSince = nanos;
        } else if (nanos - shortSince >= GROWTH_DELAY) {
            isShortOfThreads = false;
            if (isThreadAdded(maxThreads)) {
                isSignalLost = false;
            }
        }
    }

    @Override
    public long idleNanos() {
        return isLackingThread() && workers.get() < maxThreads ? GROWTH_DELAY : Long.MAX_VALUE;
    }

    @Override
    public boolean isShort() {
        return workers.get() >= maxThreads && isLackingThread();
    }

    /** Returns the number of threads. */
    int size() {
        return workers.get();
    }

    /** Returns the number of idle threads. */
    int idle() {
        return idle.get();
    }

    @Override
    public void close() {
        super.close();
        /* One for each thread. */
        for (int left = workers.get(); left > 0; left--) {
            queue.add(STOP);
        }
    }
}
