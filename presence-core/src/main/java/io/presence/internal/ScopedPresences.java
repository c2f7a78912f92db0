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
import io.presence.internal.read.Lister;
import io.presence.internal.read.PresenceQueries;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.subscription.EventPublisher;
import io.presence.internal.subscription.Subscriptions;
import io.presence.query.Query;
import io.presence.session.NamedFilterListener;
import io.presence.session.NamedFilters;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The store with the access of one caller: checks the scope, then calls the table, the lister or the subscriptions. */
class ScopedPresences implements Presences {

    private static final String NO_ID = "id must not be null";

    private final PresenceTable table;
    final Lister lister;
    private final Subscriptions subscriptions;
    private final Access access;

    ScopedPresences(PresenceTable table, Lister lister, Subscriptions subscriptions, Access access) {
        this.table = table;
        this.lister = lister;
        this.subscriptions = subscriptions;
        this.access = access;
    }

    @Override
    public Presence upsert(PresenceUpsert upsert) {
        requireNonNull(upsert, "upsert must not be null");
        access.require(Scope.PRESENCES_WRITE);
        return table.upsert(upsert, access);
    }

    @Override
    public Presence update(String id, PresencePatch patch) {
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
    public @Nullable Presence get(String id) {
        requireNonNull(id, NO_ID);
        access.require(Scope.PRESENCES_READ);
        return table.get(id, access);
    }

    @Override
    public boolean delete(String id) {
        requireNonNull(id, NO_ID);
        access.require(Scope.PRESENCES_WRITE);
        return table.delete(id, access);
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
        requireNonNull(listener, "listener must not be null");
        requireMaySubscribe(channel, options);
        return subscriptions.subscribe(channel, options, access, PresenceQueries.subscriptionFilter(filters), listener);
    }

    @Override
    public Subscription subscribe(
            Channel channel, SubscriptionOptions options, NamedFilterListener listener, NamedFilters filters) {
        requireNonNull(listener, "listener must not be null");
        requireNonNull(filters, "filters must not be null");
        requireMaySubscribe(channel, options);
        NamedFilterAdapter adapter = NamedFilterAdapter.of(listener, filters);
        return subscriptions.subscribe(channel, options, access, adapter.filter(), adapter);
    }

    @Override
    public Flow.Publisher<PresenceEvent> asPublisher(Channel channel, SubscriptionOptions options, Query... filters) {
        requireMaySubscribe(channel, options);
        return new EventPublisher(subscriptions, channel, options, access, PresenceQueries.subscriptionFilter(filters));
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
