package io.presence.internal;

import io.presence.PresenceStoreBuilder;
import io.presence.Subscription;
import io.presence.cluster.ClusterOptions;
import io.presence.internal.lock.SoftLocks;
import io.presence.internal.store.UserLimits;
import io.presence.internal.view.Views;
import io.presence.query.AttributePath;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The checked options of a store that is being built. {@link PresenceStoreBuilder} sets the fields by name, and
 * {@link DefaultPresenceStore} reads them. The object is not used after the store is built.
 *
 * <p><b>Threads.</b> For the thread that builds the store.
 */
public final class StoreSettings {

    final LongSupplier nanoClock;
    final InstantSource wallClock;
    final LongSupplier monotonic;

    /** Null for a store that log records do not name. */
    public @Nullable String name;

    public Duration defaultTtl = PresenceStoreBuilder.DEFAULT_TTL;
    public Duration maxTtl = PresenceStoreBuilder.MAX_TTL;
    public Duration maxGrace = PresenceStoreBuilder.DEFAULT_MAX_GRACE;
    public Duration tick = PresenceStoreBuilder.DEFAULT_TICK;
    public int maxPresences = PresenceStoreBuilder.DEFAULT_MAX_PRESENCES;
    public List<AttributePath> indexed = List.of();
    public UserLimits.Settings perUser = UserLimits.Settings.NONE;

    /** Null for a store without locks. */
    public SoftLocks.@Nullable Settings locks;

    /** Null for a store that is no node of a cluster. */
    public @Nullable ClusterOptions cluster;

    /** The source of the identity of a node. */
    public Supplier<RandomGenerator> clusterRandom = SecureRandom::new;

    public boolean deliversUnchanged;
    public Views.Settings views = Views.Settings.defaults();
    public int historySize = PresenceStoreBuilder.DEFAULT_HISTORY_SIZE;
    public long historyBytes = PresenceStoreBuilder.DEFAULT_HISTORY_BYTES;
    public @Nullable BiConsumer<Subscription, Throwable> onListenerError;
    public @Nullable Executor listenerExecutor;
    public boolean isCallerDriven;

    /** Null for daemon threads. */
    public @Nullable ThreadFactory threadFactory;

    public int maxListenerThreads = PresenceStoreBuilder.DEFAULT_LISTENER_THREADS;
    public Duration closeTimeout = PresenceStoreBuilder.DEFAULT_CLOSE_TIMEOUT;
    public Duration slowListener = PresenceStoreBuilder.DEFAULT_SLOW_LISTENER_THRESHOLD;

    /** Scales each budget of query operations. */
    public LongUnaryOperator operations = LongUnaryOperator.identity();

    /**
     * Creates the default options.
     *
     * @param monotonic a clock that does not fail, for timeouts and for health
     */
    public StoreSettings(LongSupplier nanoClock, InstantSource wallClock, LongSupplier monotonic) {
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        this.monotonic = monotonic;
    }

    String nameOrDefault() {
        return name == null ? PresenceStoreBuilder.DEFAULT_NAME : name;
    }

    ThreadFactory dispatcherThreads() {
        String threadName = nameOrDefault() + "-dispatcher";
        return threadFactory == null ? task -> daemon(task, threadName) : threadFactory;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }
}
