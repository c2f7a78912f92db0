package io.presence.internal.lock;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceListener;
import io.presence.PresencePage;
import io.presence.Presences;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.lock.Locks;
import io.presence.query.Query;
import org.jspecify.annotations.Nullable;

/** The locks that one caller can read, from its view of their presences. */
record LocksView(Presences scoped) implements Locks {

    @Override
    public boolean validate(String resource, long token) {
        Presence held = get(resource);
        return held != null && Long.toString(token).equals(held.metadata().get("token"));
    }

    @Override
    public @Nullable Presence get(String resource) {
        return scoped.get(LockIds.of(resource));
    }

    @Override
    public PresencePage list(Query... queries) {
        return scoped.list(queries);
    }

    @Override
    public long count(Query... filters) {
        return scoped.count(filters);
    }

    @Override
    public Subscription subscribe(SubscriptionOptions options, PresenceListener listener, Query... filters) {
        return scoped.subscribe(Channel.presences(), options, listener, filters);
    }
}
