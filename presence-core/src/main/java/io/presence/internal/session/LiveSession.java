package io.presence.internal.session;

import static java.util.Objects.requireNonNull;

import io.presence.Channel;
import io.presence.PresenceListener;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.WriteResult;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.store.Access;
import io.presence.internal.store.PrincipalAccess;
import io.presence.internal.store.SessionHolds;
import io.presence.query.Query;
import io.presence.session.NamedFilterListener;
import io.presence.session.NamedFilters;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;

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
        return holds.touch();
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
        return add((subscriber, isPaused) -> subscriber.subscribe(channel, options, listener, isPaused, filters));
    }

    @Override
    public Subscription subscribe(
            Channel channel, SubscriptionOptions options, NamedFilterListener listener, NamedFilters filters) {
        return add((subscriber, isPaused) -> subscriber.subscribe(channel, options, listener, isPaused, filters));
    }

    private Subscription add(BiFunction<Sessions.Subscriber, Boolean, LiveSubscription> starter) {
        synchronized (subscriptions) {
            holds.requireOpen();
            subscriptions.reserve();
            LiveSubscription subscription =
                    starter.apply(sessions.subscriber(holds.access()), subscriptions.isPaused());
            subscriptions.add(subscription);
            return subscription;
        }
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
            holds.switchAccess(access, Objects.equals(former, principal.userId()));
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
        }
    }

    @Override
    public String toString() {
        return "session of " + principal();
    }
}
