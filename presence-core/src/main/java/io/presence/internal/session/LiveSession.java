package io.presence.internal.session;

import static java.util.Objects.requireNonNull;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceListener;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.WriteResult;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.lock.SessionLocks;
import io.presence.internal.store.Access;
import io.presence.internal.store.PrincipalAccess;
import io.presence.internal.store.SessionHolds;
import io.presence.internal.store.StoreErrors;
import io.presence.lock.SoftLock;
import io.presence.query.Query;
import io.presence.session.NamedFilterListener;
import io.presence.session.NamedFilters;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One session: its holds and its subscriptions.
 *
 * <p><b>Threads.</b> Safe for use by any thread. The monitor of the subscriptions is taken before that of the holds.
 * No monitor is held while a listener runs.
 */
final class LiveSession implements PresenceSession {

    private static final String NO_ID = "id must not be null";

    private final Sessions sessions;
    private final SessionHolds holds;
    private final SessionSubscriptions subscriptions;
    /* Null until the first lock. Written under the monitor of the subscriptions. */
    private volatile @Nullable SessionLocks locks;

    LiveSession(Sessions sessions, SessionHolds holds, Principal principal) {
        this.sessions = sessions;
        this.holds = holds;
        this.subscriptions = new SessionSubscriptions(principal);
    }

    @Override
    public Principal principal() {
        return subscriptions.principal();
    }

    @Override
    public boolean isOpen() {
        return holds.isOpen();
    }

    @Override
    public WriteResult upsert(PresenceUpsert upsert) {
        return holds.upsert(requireNonNull(upsert, "upsert must not be null"));
    }

    @Override
    public WriteResult update(String id, PresencePatch patch) {
        requireNonNull(id, NO_ID);
        return holds.update(id, requireNonNull(patch, "patch must not be null"));
    }

    @Override
    public int touch() {
        int held = holds.touch();
        SessionLocks ownLocks = locks;
        if (ownLocks != null) {
            ownLocks.touch();
        }
        return held;
    }

    @Override
    public boolean touch(String id) {
        return holds.touch(requireNonNull(id, NO_ID));
    }

    @Override
    public int active() {
        return holds.active();
    }

    @Override
    public boolean delete(String id) {
        return holds.delete(requireNonNull(id, NO_ID));
    }

    @Override
    public Subscription subscribe(
            Channel channel, SubscriptionOptions options, PresenceListener listener, Query... filters) {
        return add(
                sessions::subscriber,
                (subscriber, isPaused) -> subscriber.subscribe(channel, options, listener, isPaused, filters));
    }

    @Override
    public Subscription subscribeLocks(SubscriptionOptions options, PresenceListener listener, Query... filters) {
        return add(
                sessions::lockSubscriber,
                (subscriber, isPaused) ->
                        subscriber.subscribe(Channel.presences(), options, listener, isPaused, filters));
    }

    @Override
    public Subscription subscribe(
            Channel channel, SubscriptionOptions options, NamedFilterListener listener, NamedFilters filters) {
        return add(
                sessions::subscriber,
                (subscriber, isPaused) -> subscriber.subscribe(channel, options, listener, isPaused, filters));
    }

    private Subscription add(
            Function<Access, Sessions.Subscriber> subscribers,
            BiFunction<Sessions.Subscriber, Boolean, LiveSubscription> starter) {
        synchronized (subscriptions) {
            holds.requireOpen();
            subscriptions.reserve();
            LiveSubscription subscription = starter.apply(subscribers.apply(holds.access()), subscriptions.isPaused());
            subscriptions.add(subscription);
            return subscription;
        }
    }

    @Override
    public Optional<SoftLock> tryLock(String resource, Permission... readPermissions) {
        return Optional.ofNullable(locks(resource).tryLock(principal(), resource, readPermissions));
    }

    @Override
    public CompletionStage<SoftLock> lock(String resource, Duration timeout, Permission... readPermissions) {
        return locks(resource).lock(principal(), resource, timeout, readPermissions);
    }

    @Override
    public Optional<SoftLock> stealLock(String resource, Permission... readPermissions) {
        return Optional.ofNullable(locks(resource).steal(principal(), resource, readPermissions));
    }

    /** Returns the locks of this session, which are created for the first one. */
    private SessionLocks locks(String resource) {
        requireNonNull(resource, "resource must not be null");
        SessionLocks own = locks;
        if (own != null) {
            return own;
        }
        synchronized (subscriptions) {
            holds.requireOpen();
            own = locks == null ? sessions.openLocks(holds.access()) : locks;
            if (own == null) {
                throw StoreErrors.lockRefused(resource);
            }
            locks = own;
        }
        /* Either a close finds the locks, or this finds it closed. Both are harmless. */
        if (!holds.isOpen()) {
            own.close(0);
        }
        return own;
    }

    @Override
    public void pause() {
        holds.requireOpen();
        subscriptions.pause();
    }

    @Override
    public void resume() {
        holds.requireOpen();
        subscriptions.resume();
    }

    @Override
    public void switchPrincipal(Principal principal) {
        Access access = new PrincipalAccess(requireNonNull(principal, "principal must not be null"));
        synchronized (subscriptions) {
            holds.requireOpen();
            String former = subscriptions.principal().userId();
            subscriptions.switchPrincipal(principal);
            boolean isSameUser = Objects.equals(former, principal.userId());
            holds.switchAccess(access, isSameUser);
            SessionLocks ownLocks = locks;
            if (ownLocks != null) {
                ownLocks.switchAccess(access, isSameUser);
            }
        }
    }

    @Override
    public void close() {
        end(0);
    }

    @Override
    public void close(Duration grace) {
        end(sessions.graceNanos(requireNonNull(grace, "grace must not be null")));
    }

    /** Closes this session in a drain. Dispatcher only. */
    void shutDown(long now) {
        try {
            holds.shutDown(now);
        } finally {
            subscriptions.drain();
            sessions.remove(this);
            SessionLocks ownLocks = locks;
            if (ownLocks != null) {
                ownLocks.shutDown(now);
            }
        }
    }

    private void end(long graceNanos) {
        try {
            holds.close(graceNanos);
        } finally {
            if (!holds.isOpen()) {
                subscriptions.close();
                sessions.remove(this);
            }
            SessionLocks ownLocks = locks;
            if (ownLocks != null) {
                ownLocks.close(graceNanos);
            }
        }
    }

    @Override
    public String toString() {
        return "session of " + principal();
    }
}
