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
 * Platform threads that take turns from one queue. As many as there are processors start at once when turns come;
 * beyond these one is added whenever turns have waited {@value #PATIENCE_MILLIS} milliseconds because all threads are
 * busy, up to a bound. So a burst of short turns adds few threads, and a listener that blocks delays others by that
 * time at most, until the bound is reached. A thread that finds nothing to do for {@value #IDLE_SECONDS} seconds ends.
 *
 * <p>If the factory fails, the failure is counted and turns stay in the queue; the next {@link #nudge} tries again. A
 * turn that would find no thread at all is refused.
 *
 * <p><b>Order of accesses.</b> {@link #execute} first adds the turn, then looks for an idle thread; a thread first says
 * that it is no longer idle, then looks at the queue. At least one of them sees the other, so that no turn waits
 * unnoticed.
 */
final class ListenerPool extends ListenerThreads {

    private static final int PATIENCE_MILLIS = 5;
    private static final int IDLE_SECONDS = 10;
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);

    /* Marks the end of the queue for a thread. */
    private static final Runnable NOTHING = new Runnable() {
        @Override
        public void run() {}
    };

    private final ThreadFactory factory;
    private final int most;
    private final int atOnce;
    private final FailureLog failures;
    private final Runnable wakeUp;
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger workers = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    /* Since when the dispatcher has seen turns wait, and whether it does. */
    private long waitingSince;
    private boolean isWaiting;
    /* Whether the dispatcher knows that turns wait, so that it is woken once. */
    private volatile boolean isKnown;

    ListenerPool(ThreadFactory factory, int most, FailureLog failures, Runnable wakeUp) {
        this.factory = factory;
        this.most = most;
        this.atOnce = Math.min(most, Runtime.getRuntime().availableProcessors());
        this.failures = failures;
        this.wakeUp = wakeUp;
    }

    @Override
    public void execute(Runnable turn) {
        requireOpen();
        queue.add(turn);
        if (idle.get() > 0) {
            return;
        }
        if (!isAdded(atOnce)) {
            if (workers.get() == 0 && queue.remove(turn)) {
                throw new RejectedExecutionException("the thread factory must make a thread");
            }
            wakeOnce();
        }
    }

    private void wakeOnce() {
        if (!isKnown) {
            isKnown = true;
            wakeUp.run();
        }
    }

    private boolean isLacking() {
        return !queue.isEmpty() && idle.get() == 0;
    }

    /* True if a thread was added, so that there are at most so many. */
    private boolean isAdded(int limit) {
        int seen = workers.get();
        while (seen < limit) {
            if (workers.compareAndSet(seen, seen + 1)) {
                return isStarted();
            }
            seen = workers.get();
        }
        return false;
    }

    private boolean isStarted() {
        boolean isAdmitted = isAdmitted();
        /* A thread that starts is about to look at the queue. */
        idle.incrementAndGet();
        try {
            if (isAdmitted) {
                requireNonNull(factory.newThread(this::work), "a thread").start();
                return true;
            }
        } catch (Throwable failure) {
            hasEnded();
            report(failure);
        }
        idle.decrementAndGet();
        workers.decrementAndGet();
        return false;
    }

    private void report(Throwable failure) {
        try {
            failures.report(
                    Kind.THREAD_FACTORY,
                    Level.ERROR,
                    () -> "the thread factory made no thread for listeners, their turns wait and it is tried again",
                    failure);
        } catch (Throwable unreportable) {
            /* There is no memory to report it with. */
        }
    }

    private void work() {
        runAdmitted(() -> {
            try {
                runTasks();
            } finally {
                leave();
            }
        });
    }

    private void runTasks() {
        Runnable turn = next();
        /* Of those that closing adds each thread takes one, lest another waits for its own. */
        while (turn != null && !(turn == NOTHING && isClosed())) {
            turn.run();
            /* What a listener leaves behind is not for the next. */
            Thread.interrupted();
            idle.incrementAndGet();
            turn = next();
        }
    }

    /* By a thread that counts as idle. */
    private @Nullable Runnable next() {
        Runnable turn = null;
        try {
            turn = isClosed() ? queue.poll() : queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            turn = NOTHING;
        } finally {
            idle.decrementAndGet();
        }
        if (turn != null && isLacking() && !isAdded(atOnce)) {
            wakeOnce();
        }
        return turn;
    }

    /* A turn that came while this was the only thread, and on its way out, gets another. */
    private void leave() {
        workers.decrementAndGet();
        if (isLacking()) {
            isAdded(atOnce);
        }
    }

    @Override
    public void nudge(long nanos) {
        if (!isKnown && queue.isEmpty()) {
            return;
        }
        /* Before the look: a thread that finds it cleared wakes the dispatcher again. */
        isKnown = false;
        if (!isLacking()) {
            isWaiting = false;
            return;
        }
        isKnown = true;
        if (!isWaiting) {
            isWaiting = true;
            waitingSince = nanos;
        } else if (nanos - waitingSince >= PATIENCE) {
            isWaiting = false;
            isAdded(most);
        }
    }

    @Override
    public long idleNanos() {
        return isLacking() && workers.get() < most ? PATIENCE : Long.MAX_VALUE;
    }

    @Override
    public boolean isShort() {
        return workers.get() >= most && isLacking();
    }

    /** Returns how many threads there are. */
    int size() {
        return workers.get();
    }

    /** Returns how many threads wait for a turn. */
    int idle() {
        return idle.get();
    }

    @Override
    public void close() {
        super.close();
        /* One for each that waits. */
        for (int left = workers.get(); left > 0; left--) {
            queue.add(NOTHING);
        }
    }
}
