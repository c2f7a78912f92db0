package io.presence.internal.lock;

import io.presence.Permission;
import io.presence.PresenceException;
import io.presence.Principal;
import io.presence.Scope;
import io.presence.internal.store.Access;
import io.presence.internal.store.SessionHolds;
import io.presence.internal.store.StoreErrors;
import io.presence.lock.SoftLock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The locks of one session, and its waits for locks.
 *
 * <p><b>Threads.</b> Safe for use by any thread. The monitor of this object is taken last.
 */
public final class SessionLocks {

    private final SoftLocks locks;
    private final SessionHolds holds;
    /* Guarded by this. */
    private final Set<Waiter> waiters = new HashSet<>();
    private boolean isClosed;

    SessionLocks(SoftLocks locks, SessionHolds holds) {
        this.locks = locks;
        this.holds = holds;
    }

    SessionHolds holds() {
        return holds;
    }

    LockQueues queues() {
        return locks.queues();
    }

    /**
     * Locks a resource if it is free.
     *
     * @return null if it is not
     * @throws PresenceException if the request is refused
     */
    public @Nullable SoftLock tryLock(Principal principal, String resource, Permission... permissions) {
        return locks.tryLock(request(principal, resource, permissions));
    }

    /**
     * Locks a resource as soon as it is free.
     *
     * @throws PresenceException if the request is refused
     */
    public CompletionStage<SoftLock> lock(
            Principal principal, String resource, Duration timeout, Permission... permissions) {
        SoftLocks.requireTimeout(timeout);
        Waiter waiter = new Waiter(request(principal, resource, permissions));
        add(waiter);
        try {
            return locks.lock(waiter, timeout);
        } catch (RuntimeException | Error refused) {
            remove(waiter);
            throw refused;
        }
    }

    /**
     * Locks a resource, from another session if the rule permits it.
     *
     * @return null if it does not
     * @throws PresenceException if the request is refused
     */
    public @Nullable SoftLock steal(Principal principal, String resource, Permission... permissions) {
        return locks.steal(request(principal, resource, permissions), principal);
    }

    private LockRequest request(Principal principal, String resource, Permission... permissions) {
        String id = LockIds.of(resource);
        List<Permission> read = LockIds.readOnly(permissions);
        locks.requireOpen();
        holds.requireOpen();
        Access access = holds.access();
        access.require(Scope.PRESENCES_WRITE);
        String user = access.owner(null);
        access.requireGrantable(read);
        locks.rules().requireMayLock(principal, resource);
        return new LockRequest(this, id, user, read);
    }

    private synchronized void add(Waiter waiter) {
        if (isClosed) {
            throw StoreErrors.sessionClosed();
        }
        waiters.add(waiter);
    }

    synchronized void remove(Waiter waiter) {
        waiters.remove(waiter);
    }

    /** Returns the waits that are not over. */
    synchronized List<Waiter> waiting() {
        return List.copyOf(waiters);
    }

    private synchronized List<Waiter> closeWaits() {
        isClosed = true;
        return List.copyOf(waiters);
    }

    private void fail(List<Waiter> ended, Supplier<PresenceException> error) {
        for (Waiter waiter : ended) {
            queues().fail(waiter, error.get());
        }
    }

    /** Sends a heartbeat to each lock. */
    public void touch() {
        var unused = holds.touch();
    }

    /** Changes the caller. If it is another user, the locks and waits of the former one end. */
    public void switchAccess(Access next, boolean isSameUser) {
        if (isSameUser) {
            holds.switchAccess(next, true);
            return;
        }
        fail(waiting(), StoreErrors::sessionClosed);
        endHeld(() -> holds.switchAccess(next, false));
    }

    /** Ends the locks, after a grace in nanoseconds, and the waits at once. */
    public void close(long grace) {
        fail(closeWaits(), StoreErrors::sessionClosed);
        endHeld(() -> holds.close(grace));
    }

    /** Ends the locks and the waits in a drain. Dispatcher only. */
    public void shutDown(long now) {
        fail(closeWaits(), StoreErrors::drainedWait);
        endHeld(() -> holds.shutDown(now));
    }

    /* Those who wait for the locks are served even if ending one of them has failed. */
    private void endHeld(Runnable end) {
        List<String> held = holds.ids();
        try {
            end.run();
        } finally {
            held.forEach(queues()::changed);
        }
    }
}
