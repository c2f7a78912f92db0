package io.presence.internal;

import static java.util.Objects.requireNonNull;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresencePage;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Scope;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.Version;
import io.presence.WriteResult;
import io.presence.WriteResult.Attempt;
import io.presence.count.PresenceCounts;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.read.Lister;
import io.presence.internal.read.PresenceQueries;
import io.presence.internal.session.Sessions;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.StoreErrors;
import io.presence.internal.subscription.EventPublisher;
import io.presence.internal.subscription.Subscriptions;
import io.presence.lock.Locks;
import io.presence.query.Query;
import io.presence.session.NamedFilterListener;
import io.presence.session.NamedFilters;
import io.presence.user.UserListener;
import io.presence.user.UserSubscription;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The store with the access of one caller: checks the scope, then calls the table, the lister or the subscriptions. */
class ScopedPresences implements Presences, Sessions.Subscriber {

    private static final String NO_ID = "id must not be null";

    private final PresenceTable table;
    final Lister lister;
    private final Subscriptions subscriptions;
    private final Access access;
    private final @Nullable LockSpace locks;

    ScopedPresences(
            PresenceTable table, Lister lister, Subscriptions subscriptions, Access access, @Nullable LockSpace locks) {
        this.locks = locks;
        this.table = table;
        this.lister = lister;
        this.subscriptions = subscriptions;
        this.access = access;
    }

    @Override
    public WriteResult upsert(PresenceUpsert upsert) {
        requireNonNull(upsert, "upsert must not be null");
        access.require(Scope.PRESENCES_WRITE);
        return table.upsert(upsert, access);
    }

    @Override
    public List<Attempt> upsertAll(Collection<PresenceUpsert> upserts) {
        Attempts attempts = new Attempts(requireNonNull(upserts, "upserts must not be null"));
        access.require(Scope.PRESENCES_WRITE);
        table.requireOpen();
        attempts.make(table, access);
        return Collections.unmodifiableList(attempts);
    }

    @Override
    public WriteResult update(String id, PresencePatch patch) {
        requireNonNull(id, NO_ID);
        requireNonNull(patch, "patch must not be null");
        access.require(Scope.PRESENCES_WRITE);
        return table.update(id, patch, access);
    }

    @Override
    public boolean touch(String id) {
        requireNonNull(id, NO_ID);
        access.require(Scope.PRESENCES_WRITE);
        return table.touch(id, null, access);
    }

    @Override
    public boolean touch(String id, Duration ttl) {
        requireNonNull(id, NO_ID);
        requireNonNull(ttl, "ttl must not be null");
        access.require(Scope.PRESENCES_WRITE);
        return table.touch(id, ttl, access);
    }

    @Override
    public int touchAll(Collection<String> ids) {
        requireNonNull(ids, "ids must not be null");
        access.require(Scope.PRESENCES_WRITE);
        return table.touchAll(ids, access);
    }

    @Override
    public boolean active(String id) {
        requireNonNull(id, NO_ID);
        access.require(Scope.PRESENCES_WRITE);
        return table.active(id, access);
    }

    @Override
    public @Nullable Presence get(String id) {
        requireNonNull(id, NO_ID);
        access.require(Scope.PRESENCES_READ);
        return table.get(id, access);
    }

    @Override
    public boolean delete(String id) {
        requireNonNull(id, NO_ID);
        access.require(Scope.PRESENCES_WRITE);
        return table.delete(id, null, access);
    }

    @Override
    public boolean delete(String id, Version version) {
        requireNonNull(id, NO_ID);
        requireNonNull(version, "version must not be null");
        access.require(Scope.PRESENCES_WRITE);
        return table.delete(id, version, access);
    }

    @Override
    public PresencePage list(Query... queries) {
        access.require(Scope.PRESENCES_READ);
        return lister.list(access, queries);
    }

    @Override
    public long count(Query... filters) {
        access.require(Scope.PRESENCES_READ);
        return lister.count(access, filters);
    }

    @Override
    public Subscription subscribe(
            Channel channel, SubscriptionOptions options, PresenceListener listener, Query... filters) {
        return subscribe(channel, options, listener, false, filters);
    }

    @Override
    public final LiveSubscription subscribe(
            Channel channel,
            SubscriptionOptions options,
            PresenceListener listener,
            boolean isPaused,
            Query... filters) {
        requireNonNull(listener, "listener must not be null");
        requireMaySubscribe(channel, options);
        return subscriptions.subscribe(
                channel, options, access, PresenceQueries.subscriptionFilter(filters), listener, isPaused);
    }

    @Override
    public Subscription subscribe(
            Channel channel, SubscriptionOptions options, NamedFilterListener listener, NamedFilters filters) {
        return subscribe(channel, options, listener, false, filters);
    }

    @Override
    public final LiveSubscription subscribe(
            Channel channel,
            SubscriptionOptions options,
            NamedFilterListener listener,
            boolean isPaused,
            NamedFilters filters) {
        requireNonNull(listener, "listener must not be null");
        requireNonNull(filters, "filters must not be null");
        requireMaySubscribe(channel, options);
        NamedFilterAdapter adapter = NamedFilterAdapter.of(listener, filters);
        return subscriptions.subscribe(channel, options, access, adapter.filter(), adapter, isPaused);
    }

    @Override
    public Flow.Publisher<PresenceEvent> asPublisher(Channel channel, SubscriptionOptions options, Query... filters) {
        requireMaySubscribe(channel, options);
        return new EventPublisher(subscriptions, channel, options, access, PresenceQueries.subscriptionFilter(filters));
    }

    @Override
    public UserSubscription users(SubscriptionOptions options, UserListener listener, Query... filters) {
        requireNonNull(options, "options must not be null");
        requireNonNull(listener, "listener must not be null");
        access.require(Scope.PRESENCES_READ);
        Query.Filter filter = PresenceQueries.subscriptionFilter(filters);
        return subscriptions.views().users(access, filter, options, listener);
    }

    @Override
    public PresenceCounts counts(String attribute, Query... filters) {
        access.require(Scope.PRESENCES_READ);
        Query.Filter filter = PresenceQueries.subscriptionFilter(filters);
        return subscriptions.views().counts(attribute, access, filter);
    }

    @Override
    public Locks locks() {
        if (locks == null) {
            throw StoreErrors.noLocks();
        }
        return locks.view(access);
    }

    private void requireMaySubscribe(Channel channel, SubscriptionOptions options) {
        requireNonNull(channel, "channel must not be null");
        requireNonNull(options, "options must not be null");
        access.require(Scope.PRESENCES_READ);
        if (channel.action() != null) {
            requireViewOptions(channel, options);
        }
    }

    /*
     * The events of a channel of one action do not add up to a state, so it has no snapshot and no position to resume
     * from.
     */
    private static void requireViewOptions(Channel channel, SubscriptionOptions options) {
        String option = null;
        if (options.hasSnapshot()) {
            option = "snapshot";
        } else if (options.resumeFrom() != null) {
            option = "resumeFrom";
        }
        if (option != null) {
            throw new IllegalArgumentException(option + " must not be set for a channel of one action: " + channel);
        }
    }
}
