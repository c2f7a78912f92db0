package io.presence.internal;

import io.presence.internal.cluster.ClusterLink;
import io.presence.internal.cluster.Replication;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.dispatch.Parker;
import io.presence.internal.lock.SoftLocks;
import io.presence.internal.read.Lister;
import io.presence.internal.session.Sessions;
import io.presence.internal.stats.Counters;
import io.presence.internal.stats.StatusCounts;
import io.presence.internal.store.Access;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.TrustedAccess;
import io.presence.internal.store.TtlPolicy;
import io.presence.internal.store.UserLimits;
import io.presence.internal.subscription.Subscriptions;
import io.presence.lock.Locks;
import io.presence.query.AttributePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a store that serve its locks: a table, subscriptions and a duty cycle beside those of its presences. So
 * no operation on presences meets a lock.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class LockSpace {

    private final PresenceTable table;
    private final Lister lister;
    private final Subscriptions subscriptions;
    private final SoftLocks locks;
    private final DutyCycle cycle;

    /**
     * The collaborators that the locks share with the presences.
     *
     * @param subscriptions the options of subscriptions
     * @param link the connection to other nodes, or null
     */
    record Shared(
            Clocks clocks,
            Counters counters,
            Parker parker,
            Subscriptions.Settings subscriptions,
            @Nullable ClusterLink link) {}

    private LockSpace(StoreSettings settings, SoftLocks.Settings options, Shared shared) {
        Clocks clocks = shared.clocks();
        DirtyQueue dirty = new DirtyQueue(clocks, shared.parker()::unpark, shared.counters()::coalesced);
        UserLimits.Settings perUser = new UserLimits.Settings(options.maxPerUser(), null, null, null, false);
        this.table = new PresenceTable(
                clocks,
                new TtlPolicy(options.ttl(), settings.maxTtl),
                dirty,
                settings.maxPresences,
                List.of(AttributePath.of("userId")),
                false,
                perUser.limits(clocks),
                true);
        this.lister = new Lister(table, shared.counters());
        this.subscriptions =
                new Subscriptions(table, shared.parker()::unpark, shared.subscriptions(), shared.counters());
        this.locks = new SoftLocks(
                table,
                scoped(TrustedAccess.INSTANCE),
                clocks,
                options,
                shared.subscriptions().failures(),
                shared.subscriptions().executor(),
                shared.parker()::unpark,
                shared.link() == null ? null : shared.link().random());
        this.cycle = new DutyCycle(
                clocks,
                table,
                dirty,
                subscriptions,
                settings.tick.toNanos(),
                new StatusCounts(),
                timedWork(shared.link()));
    }

    private DutyCycle.TimedWork timedWork(@Nullable ClusterLink link) {
        if (link == null) {
            return locks;
        }
        Replication replication = link.open(table);
        replication.watch(locks::changedRemotely);
        return locks.andThen(replication);
    }

    /** Creates the locks of a store; null if it has none. */
    static @Nullable LockSpace of(StoreSettings settings, Shared shared) {
        SoftLocks.Settings options = settings.locks;
        return options == null ? null : new LockSpace(settings, options, shared);
    }

    /** The presences of locks, as a caller can access them. */
    ScopedPresences scoped(Access access) {
        return new ScopedPresences(table, lister, subscriptions, access, null);
    }

    Locks view(Access access) {
        return locks.view(scoped(access));
    }

    Sessions.LockAccess forSessions() {
        return new Sessions.LockAccess(locks, this::scoped);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    DutyCycle cycle() {
        return cycle;
    }

    void close() {
        locks.close();
    }
}
