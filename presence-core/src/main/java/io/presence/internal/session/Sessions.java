package io.presence.internal.session;

import io.presence.Channel;
import io.presence.PresenceListener;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.PrincipalAccess;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open sessions of a store.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Sessions {

    private final PresenceTable table;
    private final Subscriber subscriber;
    private final Duration maxGrace;
    private final Set<LiveSession> open = ConcurrentHashMap.newKeySet();

    /** A factory of subscriptions for a caller. */
    @FunctionalInterface
    public interface Subscriber {

        /** Creates and starts a subscription, paused or not. */
        Subscription subscribe(
                Access access,
                Channel channel,
                SubscriptionOptions options,
                PresenceListener listener,
                boolean isPaused,
                Query... filters);
    }

    /**
     * Creates the sessions of a store, none.
     *
     * @param maxGrace the maximum grace after a session is closed
     */
    public Sessions(PresenceTable table, Subscriber subscriber, Duration maxGrace) {
        this.table = table;
        this.subscriber = subscriber;
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
        open.add(session);
        return session;
    }

    /** Returns the number of open sessions. */
    public int size() {
        return open.size();
    }

    Subscriber subscriber() {
        return subscriber;
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
