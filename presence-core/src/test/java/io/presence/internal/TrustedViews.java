package io.presence.internal;

import io.presence.Presences;
import io.presence.fixture.StoreParts;
import io.presence.internal.read.Lister;
import io.presence.internal.stats.Counters;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.TrustedAccess;
import io.presence.internal.subscription.Subscriptions;

/** The trusted views of tables that tests assemble. */
public final class TrustedViews {

    private TrustedViews() {}

    /** The trusted view of a table without a dispatcher. */
    public static Presences of(PresenceTable table) {
        Counters counters = new Counters();
        Subscriptions subscriptions = StoreParts.subscriptions(table, counters);
        return new ScopedPresences(table, new Lister(table, counters), subscriptions, TrustedAccess.INSTANCE, null);
    }
}
