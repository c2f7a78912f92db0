package io.presence.internal;

import static java.util.Objects.requireNonNull;

import io.presence.ListPlan;
import io.presence.PresenceHealth;
import io.presence.PresenceStats;
import io.presence.PresenceStore;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.access.AccessExplanation;
import io.presence.cluster.ClusterStatus;
import io.presence.internal.cluster.ClusterLink;
import io.presence.internal.cluster.Replication;
import io.presence.internal.dispatch.CloseDeadline;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.dispatch.DutyCycleRunner;
import io.presence.internal.dispatch.ListenerThreads;
import io.presence.internal.dispatch.Parker;
import io.presence.internal.read.Lister;
import io.presence.internal.session.Sessions;
import io.presence.internal.stats.Counters;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.StatusCounts;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.PrincipalAccess;
import io.presence.internal.store.TrustedAccess;
import io.presence.internal.store.TtlPolicy;
import io.presence.internal.subscription.Subscriptions;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The store: its parts, created and connected, and the trusted view of it. */
public final class DefaultPresenceStore extends ScopedPresences implements PresenceStore {

    private final String name;
    private final PresenceTable table;
    private final Subscriptions subscriptions;
    private final DutyCycle cycle;
    private final DutyCycleRunner runner;
    private final DirtyQueue dirty;
    private final StatusCounts statuses;
    private final Closing closing;
    private final HealthReport health;
    private final Sessions sessions;
    private final @Nullable LockSpace locks;
    private final Clocks clocks;
    private final @Nullable Replication replication;

    private DefaultPresenceStore(
            StoreSettings settings, Parts parts, DutyCycle cycle, DutyCycleRunner runner, Closing closing) {
        super(parts.table(), parts.lister(), parts.subscriptions(), TrustedAccess.INSTANCE, parts.locks());
        this.locks = parts.locks();
        this.table = parts.table();
        this.subscriptions = parts.subscriptions();
        this.dirty = parts.dirty();
        this.statuses = parts.statuses();
        this.closing = closing;
        this.health = new HealthReport(
                parts.allSubscriptions(), cycle, runner, parts.listeners(), parts.failures(), settings.slowListener);
        this.sessions = parts.sessions();
        this.clocks = parts.clocks();
        this.replication = parts.replication();
        this.name = settings.nameOrDefault();
        this.cycle = cycle;
        this.runner = runner;
    }

    /** The collaborators of the duty cycle. */
    private record Parts(
            Clocks clocks,
            FailureLog failures,
            DirtyQueue dirty,
            PresenceTable table,
            Lister lister,
            @Nullable ListenerThreads listeners,
            Subscriptions subscriptions,
            StatusCounts statuses,
            Sessions sessions,
            @Nullable LockSpace locks,
            @Nullable ClusterLink link,
            @Nullable Replication replication) {

        static Parts of(StoreSettings settings, Parker parker) {
            Clocks clocks = new Clocks(settings.nanoClock, settings.wallClock);
            FailureLog failures = new FailureLog(settings.name, settings.monotonic);
            Counters counters = new Counters(settings.nameOrDefault());
            DirtyQueue dirty = new DirtyQueue(clocks, parker::unpark, counters::coalesced);
            TtlPolicy ttls = new TtlPolicy(settings.defaultTtl, settings.maxTtl);
            PresenceTable table = new PresenceTable(
                    clocks,
                    ttls,
                    dirty,
                    settings.maxPresences,
                    settings.indexed,
                    settings.deliversUnchanged,
                    settings.perUser.limits(clocks));
            ListenerThreads listeners = settings.isCallerDriven || settings.listenerExecutor != null
                    ? null
                    : ListenerThreads.of(
                            settings.nameOrDefault(),
                            settings.threadFactory,
                            settings.maxListenerThreads,
                            failures,
                            parker::unpark);
            Subscriptions.Settings subscriptionSettings = new Subscriptions.Settings(
                    settings.historySize,
                    settings.historyBytes,
                    listeners == null ? settings.listenerExecutor : listeners,
                    PrincipalAccess::new,
                    new ListenerErrors(settings.onListenerError, failures),
                    failures,
                    settings.monotonic,
                    settings.operations,
                    settings.perUser.openSubscriptions(),
                    settings.views);
            Subscriptions subscriptions = new Subscriptions(table, parker::unpark, subscriptionSettings, counters);
            Lister lister = new Lister(table, counters);
            ClusterLink link = settings.cluster == null
                    ? null
                    : new ClusterLink(settings.cluster, clocks, failures, settings.clusterRandom.get(), parker::unpark);
            Replication replication = link == null ? null : link.open(table);
            LockSpace locks =
                    LockSpace.of(settings, new LockSpace.Shared(clocks, counters, parker, subscriptionSettings, link));
            Sessions sessions = new Sessions(
                    table,
                    access -> new ScopedPresences(table, lister, subscriptions, access, locks),
                    settings.maxGrace,
                    locks == null ? null : locks.forSessions());
            return new Parts(
                    clocks,
                    failures,
                    dirty,
                    table,
                    lister,
                    listeners,
                    subscriptions,
                    new StatusCounts(),
                    sessions,
                    locks,
                    link,
                    replication);
        }

        DutyCycle.TimedWork timedWork() {
            return replication == null ? sessions : sessions.andThen(replication);
        }

        List<Subscriptions> allSubscriptions() {
            return locks == null ? List.of(subscriptions) : List.of(subscriptions, locks.subscriptions());
        }
    }

    /** Creates a store, and starts its thread unless it is caller-driven. */
    public static PresenceStore of(StoreSettings settings) {
        ClassInitialization.ensure();
        Parker parker = new Parker();
        Parts parts = Parts.of(settings, parker);
        long tick = settings.tick.toNanos();
        DutyCycle cycle = new DutyCycle(
                parts.clocks(),
                parts.table(),
                parts.dirty(),
                parts.subscriptions(),
                tick,
                parts.statuses(),
                parts.timedWork(),
                parts.locks() == null ? null : parts.locks().cycle());
        CloseDeadline deadline = new CloseDeadline(settings.monotonic, settings.closeTimeout);
        Closing closing = new Closing(
                parts.table(), parts.allSubscriptions(), cycle, parts.listeners(), deadline, parts.failures());
        ClusterLink link = parts.link();
        if (link != null) {
            link.start();
        }
        try {
            DutyCycleRunner runner = settings.isCallerDriven
                    ? DutyCycleRunner.callerDriven(cycle, deadline)
                    : DutyCycleRunner.startThread(
                            cycle, parker, settings.dispatcherThreads(), parts.failures(), deadline, closing::conclude);
            parts.allSubscriptions().forEach(Subscriptions::learnExecutorThread);
            return new DefaultPresenceStore(settings, parts, cycle, runner, closing);
        } catch (RuntimeException | Error failure) {
            if (link != null) {
                link.abandon();
            }
            throw failure;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Presences as(Principal principal) {
        return new ScopedPresences(table, lister, subscriptions, new PrincipalAccess(principal), locks);
    }

    @Override
    public PresenceSession open(Principal principal) {
        return sessions.open(principal);
    }

    @Override
    public void drain(Duration over) {
        requireNonNull(over, "over must not be null");
        sessions.startDrain(over, clocks.now());
        subscriptions.wakeUp();
    }

    @Override
    public ListPlan explain(Query... queries) {
        return lister.explain(queries);
    }

    @Override
    public AccessExplanation explainAccess(Principal principal, String id) {
        requireNonNull(principal, "principal must not be null");
        requireNonNull(id, "id must not be null");
        return table.explainAccess(principal, id);
    }

    @Override
    public int doWork() {
        return runner.doWork();
    }

    @Override
    public CompletionStage<Void> flush() {
        return cycle.flush();
    }

    @Override
    public CompletionStage<Void> delivered() {
        return cycle.delivered();
    }

    @Override
    public PresenceStats stats() {
        return subscriptions
                .counters()
                .toStats(
                        table.size(),
                        openSubscriptions(),
                        sessions.size(),
                        subscriptions.revision(),
                        dirty.size(),
                        clocks.nowOrNever());
    }

    private int openSubscriptions() {
        return subscriptions.size() + (locks == null ? 0 : locks.subscriptions().size());
    }

    @Override
    public Map<String, Long> statusCounts() {
        return statuses.snapshot();
    }

    @Override
    public Optional<ClusterStatus> cluster() {
        return replication == null ? Optional.empty() : Optional.of(replication.status());
    }

    @Override
    public PresenceHealth health() {
        return health.take();
    }

    @Override
    public void close() {
        if (locks != null) {
            locks.close();
        }
        closing.close(runner);
    }

    @Override
    public CompletionStage<Void> closeFuture() {
        return runner.ended().minimalCompletionStage();
    }
}
