package io.presence.internal.lock;

import io.presence.internal.store.Clocks;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.StoreErrors;
import io.presence.internal.store.UserCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The queues of those who wait for locks, in the order of arrival. The dispatcher grants a lock to the first of a queue
 * when it is released, or at the deadline of its lease unless that has moved.
 *
 * <p><b>Order of accesses.</b> A waiter is added to its queue, <b>then</b> the deadline of the lock is read. A holder
 * ends the lock, <b>then</b> checks for a queue. So at least one of them finds the other, and no wait is forgotten.
 *
 * <p><b>Threads.</b> Safe for use by any thread, {@link #advance} by the dispatcher. A queue is guarded by the monitor
 * of its id.
 */
final class LockQueues {

    /** The maximum number of waiters of one lock. */
    static final int MAX_WAITERS = 128;

    private static final int BUDGET = 256;

    private final Grants grants;
    private final Clocks clocks;
    private final UserCounts waits;
    private final Executor executor;
    private final Runnable wakeUp;
    private final Map<String, Waiting> queues = new ConcurrentHashMap<>();
    private final Queue<String> changed = new ConcurrentLinkedQueue<>();
    private final LockTimers timers = new LockTimers();
    private volatile boolean isClosed;

    /* Those who wait for one lock, and the timer at its deadline. */
    private static final class Waiting {
        private final Set<Waiter> waiters = new LinkedHashSet<>();
        private LockTimers.@Nullable Due check;

        private @Nullable Waiter first() {
            waiters.removeIf(Waiter::isOver);
            return waiters.isEmpty() ? null : waiters.iterator().next();
        }
    }

    /**
     * Creates empty queues.
     *
     * @param maxPerUser the maximum number of waits of a user
     * @param executor completes the waits
     * @param wakeUp wakes the dispatcher
     */
    LockQueues(Grants grants, Clocks clocks, int maxPerUser, Executor executor, Runnable wakeUp) {
        this.grants = grants;
        this.clocks = clocks;
        this.waits = new UserCounts(maxPerUser);
        this.executor = executor;
        this.wakeUp = wakeUp;
    }

    /** Returns whether a session waits for a lock. Call under the monitor of the id. */
    boolean isWaitedFor(String id) {
        Waiting queue = queues.get(id);
        return queue != null && queue.first() != null;
    }

    /**
     * Adds a waiter. Call under the monitor of the id.
     *
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}
     */
    void add(Waiter waiter, Duration timeout) {
        String id = waiter.request.id();
        Waiting queue = queues.computeIfAbsent(id, absent -> new Waiting());
        if (queue.first() != null && queue.waiters.size() >= MAX_WAITERS) {
            throw StoreErrors.lockWaiters(MAX_WAITERS, LockIds.resource(id));
        }
        if (!waits.acquire(waiter.request.user())) {
            removeIfEmpty(id, queue);
            throw StoreErrors.lockWaitsOfUser(waits.limit());
        }
        try {
            enqueue(id, queue, waiter, timeout);
        } catch (RuntimeException | Error thrown) {
            withdraw(id, queue, waiter);
            throw thrown;
        }
        /* The new timers can be earlier than the time until which the dispatcher is parked. */
        wakeUp.run();
    }

    private void enqueue(String id, Waiting queue, Waiter waiter, Duration timeout) {
        queue.waiters.add(waiter);
        LockTimers.Due end = timers.due(clocks.now() + timeout.toNanos());
        waiter.timeout = end;
        timers.add(end, () -> timedOut(waiter, timeout));
        arm(id, queue);
        var unused = waiter.future.whenComplete((lock, thrown) -> forget(waiter));
    }

    /* Nobody knows of the wait. */
    private void withdraw(String id, Waiting queue, Waiter waiter) {
        LockTimers.Due timeout = waiter.timeout;
        if (timeout != null) {
            timers.remove(timeout);
        }
        queue.waiters.remove(waiter);
        removeIfEmpty(id, queue);
        waits.release(waiter.request.user());
    }

    /*
     * A lock that is free by now is granted first, however late the dispatcher is. The timer runs once, so that the
     * wait ends even if that fails.
     */
    private void timedOut(Waiter waiter, Duration timeout) {
        String id = waiter.request.id();
        try {
            serve(id);
        } finally {
            fail(
                    waiter,
                    new TimeoutException("lock must be free within timeout, " + timeout + ": " + LockIds.resource(id)));
        }
    }

    /** Ends a wait with an error, unless it is decided. */
    void fail(Waiter waiter, Throwable error) {
        waiter.fail(error, executor);
    }

    /* The wait is over. Runs once. */
    private void forget(Waiter waiter) {
        String id = waiter.request.id();
        LockTimers.Due timeout = waiter.timeout;
        if (timeout != null) {
            timers.remove(timeout);
        }
        waits.release(waiter.request.user());
        waiter.request.session().remove(waiter);
        synchronized (grants.monitor(id)) {
            Waiting queue = queues.get(id);
            if (queue != null) {
                queue.waiters.remove(waiter);
                removeIfEmpty(id, queue);
            }
        }
    }

    private void removeIfEmpty(String id, Waiting queue) {
        if (queue.first() == null) {
            disarm(queue);
            queues.remove(id, queue);
        }
    }

    /** Lets the dispatcher examine a lock that has ended or ends earlier, if a session waits for it. */
    void changed(String id) {
        if (queues.containsKey(id)) {
            changed.add(id);
            wakeUp.run();
        }
    }

    /** Sets the timer anew after a grant, which can end before a grace would. Call under the monitor of the id. */
    void granted(String id) {
        Waiting queue = queues.get(id);
        if (queue != null && arm(id, queue)) {
            wakeUp.run();
        }
    }

    /* Returns whether the timer is earlier than before. */
    private boolean arm(String id, Waiting queue) {
        long at = Math.max(0, grants.heldUntil(id));
        LockTimers.Due known = queue.check;
        if (known != null && at >= known.at()) {
            return false;
        }
        disarm(queue);
        LockTimers.Due due = timers.due(at);
        queue.check = due;
        timers.add(due, () -> serve(id));
        return true;
    }

    private void disarm(Waiting queue) {
        LockTimers.Due known = queue.check;
        if (known != null) {
            timers.remove(known);
            queue.check = null;
        }
    }

    private void serve(String id) {
        try {
            boolean isFree = true;
            while (isFree) {
                isFree = serveFirst(id);
            }
        } catch (RuntimeException | Error thrown) {
            changed.add(id);
            throw thrown;
        }
    }

    /* Returns whether the lock can be free for another one. */
    private boolean serveFirst(String id) {
        Waiter first;
        HeldLock lock = null;
        Throwable failure = null;
        synchronized (grants.monitor(id)) {
            first = takeFirst(id);
            if (first == null) {
                return false;
            }
            try {
                lock = grants.grant(first.request);
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            }
        }
        if (lock != null) {
            first.grant(lock, executor);
        } else if (failure != null) {
            first.failDecided(failure, executor);
        }
        return true;
    }

    /* Returns the first waiter of a free lock, decided and removed; or null. */
    private @Nullable Waiter takeFirst(String id) {
        Waiting queue = queues.get(id);
        if (queue == null) {
            return null;
        }
        disarm(queue);
        Waiter first = queue.first();
        if (first != null && grants.held(id) != null) {
            arm(id, queue);
            return null;
        }
        while (first != null && !first.decide()) {
            first = queue.first();
        }
        removeIfEmpty(id, queue);
        return first;
    }

    /** Grants locks that have become free, and ends waits that have timed out. Returns their number. */
    int advance(long now) {
        int work = 0;
        String id;
        while (work < BUDGET && (id = changed.poll()) != null) {
            work++;
            serve(id);
        }
        return work + timers.run(now, BUDGET);
    }

    long idleNanos(long now) {
        return changed.isEmpty() ? timers.idleNanos(now) : 0;
    }

    /** Ends each wait, and each later one. */
    void close() {
        isClosed = true;
        for (String id : List.copyOf(queues.keySet())) {
            List<Waiter> rest;
            synchronized (grants.monitor(id)) {
                Waiting queue = queues.get(id);
                rest = queue == null ? List.of() : new ArrayList<>(queue.waiters);
            }
            rest.forEach(this::endIfClosed);
        }
    }

    /** Ends a wait that was added while the store was closed. */
    void endIfClosed(Waiter waiter) {
        if (isClosed) {
            fail(waiter, PresenceTable.closedError());
        }
    }
}
