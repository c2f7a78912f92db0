package io.presence.internal.lock;

import static java.util.Objects.requireNonNull;

import io.presence.Presence;
import io.presence.PresenceStoreBuilder;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.store.Access;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.PresenceTable;
import io.presence.lock.LockPolicy;
import io.presence.lock.Locks;
import io.presence.lock.SoftLock;
import io.presence.lock.StealRule;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The locks of a store.
 *
 * <p><b>Threads.</b> Safe for use by any thread, {@link #advance} by the dispatcher.
 */
public final class SoftLocks implements DutyCycle.TimedWork {

    private final PresenceTable table;
    private final HostRules rules;
    private final Grants grants;
    private final LockQueues queues;

    /**
     * The options of locks.
     *
     * @param policy decides who may lock
     * @param steal decides who may take a held lock
     * @param maxPerUser the maximum of held locks of a user, and of waits
     * @param ttl the time to live without a heartbeat
     * @param tokens the source of tokens, or null for the clock at the start
     */
    public record Settings(
            LockPolicy policy,
            StealRule steal,
            int maxPerUser,
            Duration ttl,
            @Nullable LongSupplier tokens) {}

    /**
     * Creates the locks of a store.
     *
     * @param table the presences of the locks
     * @param trusted the trusted view of the table
     * @param executor completes waits, or null for the thread that ends them
     * @param wakeUp wakes the dispatcher
     * @param nodes numbers this node among those that grant locks too, or null if it is alone
     */
    public SoftLocks(
            PresenceTable table,
            Presences trusted,
            Clocks clocks,
            Settings settings,
            FailureLog failures,
            @Nullable Executor executor,
            Runnable wakeUp,
            @Nullable RandomGenerator nodes) {
        this.table = table;
        this.rules = new HostRules(settings.policy(), settings.steal(), failures);
        LockTokens tokens = tokens(settings, clocks, rules, nodes);
        this.grants = new Grants(table, trusted, clocks, tokens, settings.maxPerUser());
        this.queues = new LockQueues(
                grants, clocks, settings.maxPerUser(), executor == null ? Runnable::run : executor, wakeUp);
    }

    private static LockTokens tokens(
            Settings settings, Clocks clocks, HostRules rules, @Nullable RandomGenerator nodes) {
        LongSupplier source = settings.tokens();
        if (source == null && nodes != null) {
            return LockTokens.ofNode(clocks::wallMillis, rules, nodes);
        }
        long first = LockTokens.first(clocks.wallMillis());
        return LockTokens.of(source == null ? () -> first : source, rules);
    }

    /** Notes a lock of another node, or its end. Dispatcher only. */
    public void changedRemotely(Presence lock, boolean isEnded) {
        grants.seen(lock);
        if (isEnded) {
            queues.changed(lock.id());
        }
    }

    /** Opens the locks of a session. */
    public SessionLocks open(Access access) {
        return new SessionLocks(this, table.openSession(access));
    }

    /** Returns the locks as a caller can read them, from its view of the table. */
    public Locks view(Presences scoped) {
        return new LocksView(scoped);
    }

    HostRules rules() {
        return rules;
    }

    LockQueues queues() {
        return queues;
    }

    void requireOpen() {
        table.requireOpen();
    }

    static void requireTimeout(Duration timeout) {
        if (requireNonNull(timeout, "timeout must not be null").isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
        if (timeout.compareTo(PresenceStoreBuilder.MAX_TTL) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be at most " + PresenceStoreBuilder.MAX_TTL + ": " + timeout);
        }
    }

    @Nullable SoftLock tryLock(LockRequest request) {
        synchronized (grants.monitor(request.id())) {
            return grantIfFree(request);
        }
    }

    CompletionStage<SoftLock> lock(Waiter waiter, Duration timeout) {
        synchronized (grants.monitor(waiter.request.id())) {
            HeldLock lock = grantIfFree(waiter.request);
            if (lock == null) {
                queues.add(waiter, timeout);
            } else {
                /* Nobody else knows the future. */
                waiter.request.session().remove(waiter);
                waiter.future.complete(lock);
            }
        }
        queues.endIfClosed(waiter);
        return waiter.future;
    }

    /* Call under the monitor. */
    private @Nullable HeldLock grantIfFree(LockRequest request) {
        Presence held = grants.held(request.id());
        if (held == null) {
            return queues.isWaitedFor(request.id()) ? null : grants.grant(request);
        }
        return grants.isKeptFor(request, held) ? known(grants.resume(request, held), request) : null;
    }

    private @Nullable HeldLock known(@Nullable HeldLock lock, LockRequest request) {
        queues.granted(request.id());
        return lock;
    }

    @Nullable SoftLock steal(LockRequest request, Principal principal) {
        Presence seen = grants.held(request.id());
        if (seen == null || grants.isKeptFor(request, seen)) {
            return tryLock(request);
        }
        if (!rules.maySteal(principal, seen)) {
            return null;
        }
        synchronized (grants.monitor(request.id())) {
            Presence held = grants.held(request.id());
            if (held == null) {
                return grantIfFree(request);
            }
            return held.version().equals(seen.version()) ? known(grants.steal(request, held), request) : null;
        }
    }

    @Override
    public int advance(long now) {
        return queues.advance(now);
    }

    @Override
    public long idleNanos(long now) {
        return queues.idleNanos(now);
    }

    /** Ends each wait, and rejects writes from now on. */
    public void close() {
        table.close();
        queues.close();
    }
}
