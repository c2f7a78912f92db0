package io.presence.internal.session;

import io.presence.Channel;
import io.presence.PresenceListener;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.lock.SessionLocks;
import io.presence.internal.lock.SoftLocks;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.PrincipalAccess;
import io.presence.internal.store.StoreErrors;
import io.presence.query.Query;
import io.presence.session.NamedFilterListener;
import io.presence.session.NamedFilters;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of a store.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Sessions implements DutyCycle.TimedWork {

    private static final Duration MAX_DRAIN = Duration.ofDays(1);

    private final PresenceTable table;
    private final Function<Access, Subscriber> subscribers;
    private final Duration maxGrace;
    private final @Nullable LockAccess locks;
    private final Set<LiveSession> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable SessionDrain drain;

    /** A factory of subscriptions, for one caller. */
    public interface Subscriber {

        /** Creates and starts a subscription, paused or not. */
        LiveSubscription subscribe(
                Channel channel,
                SubscriptionOptions options,
                PresenceListener listener,
                boolean isPaused,
                Query... filters);

        /** Creates and starts a subscription of named filters, paused or not. */
        LiveSubscription subscribe(
                Channel channel,
                SubscriptionOptions options,
                NamedFilterListener listener,
                boolean isPaused,
                NamedFilters filters);
    }

    /**
     * The locks of a store.
     *
     * @param subscribers creates the factory of subscriptions to locks for a caller
     */
    public record LockAccess(SoftLocks locks, Function<Access, Subscriber> subscribers) {}

    /** Creates the sessions of a store without locks, none. */
    public Sessions(PresenceTable table, Function<Access, Subscriber> subscribers, Duration maxGrace) {
        this(table, subscribers, maxGrace, null);
    }

    /**
     * Creates the sessions of a store, none.
     *
     * @param subscribers creates the factory for a caller
     * @param maxGrace the maximum grace after a session is closed
     * @param locks the locks, or null if the store has none
     */
    public Sessions(
            PresenceTable table,
            Function<Access, Subscriber> subscribers,
            Duration maxGrace,
            @Nullable LockAccess locks) {
        this.locks = locks;
        this.table = table;
        this.subscribers = subscribers;
        this.maxGrace = maxGrace;
    }

    /**
     * Opens a session.
     *
     * @throws io.presence.PresenceException {@code STORE_CLOSED}
     */
    public PresenceSession open(Principal principal) {
        Access access = new PrincipalAccess(principal);
        LiveSession session = new LiveSession(this, table.openSession(access), principal);
        requireNotDraining();
        open.add(session);
        /* Either the drain meets it among the open ones, or this reads the drain. Both are harmless. */
        if (drain != null) {
            session.close();
            requireNotDraining();
        }
        return session;
    }

    private void requireNotDraining() {
        if (drain != null) {
            throw StoreErrors.draining();
        }
    }

    /**
     * Starts to close all sessions.
     *
     * @param over the time until the last is closed
     * @param now a reading of the clock
     */
    public void startDrain(Duration over, long now) {
        if (over.isNegative() || over.compareTo(MAX_DRAIN) > 0) {
            throw new IllegalArgumentException("over must be from PT0S to PT24H: " + over);
        }
        table.requireOpen();
        synchronized (open) {
            if (drain == null) {
                drain = new SessionDrain(open, now, over.toNanos());
            }
        }
    }

    /** Closes sessions that are due in a drain, and returns their number. Dispatcher only. */
    @Override
    public int advance(long now) {
        SessionDrain running = drain;
        return running == null ? 0 : running.advance(now);
    }

    /** Returns the nanoseconds until a session is due in a drain, or {@link Long#MAX_VALUE}. Dispatcher only. */
    @Override
    public long idleNanos(long now) {
        SessionDrain running = drain;
        return running == null ? Long.MAX_VALUE : running.idleNanos(now);
    }

    /** Returns the number of open sessions. */
    public int size() {
        return open.size();
    }

    Subscriber subscriber(Access access) {
        return subscribers.apply(access);
    }

    Subscriber lockSubscriber(Access access) {
        if (locks == null) {
            throw StoreErrors.noLocks();
        }
        return locks.subscribers().apply(access);
    }

    /** Opens the locks of a session; null if the store has none. */
    @Nullable SessionLocks openLocks(Access access) {
        return locks == null ? null : locks.locks().open(access);
    }

    /**
     * Checks a grace.
     *
     * @return nanoseconds
     */
    long graceNanos(Duration grace) {
        if (grace.isNegative() || grace.compareTo(maxGrace) > 0) {
            throw new IllegalArgumentException(
                    "grace must not be negative, and must be at most maxGrace, " + maxGrace + ": " + grace);
        }
        return grace.toNanos();
    }

    void remove(LiveSession closed) {
        open.remove(closed);
    }
}
