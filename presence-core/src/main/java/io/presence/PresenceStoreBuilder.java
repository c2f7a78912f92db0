package io.presence;

import io.presence.internal.DefaultPresenceStore;
import io.presence.internal.store.UserLimits;
import io.presence.query.AttributePath;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of a store. Each may be set once.
 *
 * <p><b>Threads.</b> For one thread.
 */
public final class PresenceStoreBuilder {

    /** The lifetime of a presence whose writer does not say. */
    public static final Duration DEFAULT_TTL = Duration.ofMinutes(15);

    /** The longest lifetime that a store can allow. */
    public static final Duration MAX_TTL = Duration.ofDays(30);

    /** How precisely ends of life are noticed for listeners, unless said. */
    public static final Duration DEFAULT_TICK = Duration.ofMillis(8);

    /** How many presences a store holds, unless said. */
    public static final int DEFAULT_MAX_PRESENCES = 1_000_000;

    /** How many indexes can be declared. */
    public static final int MAX_INDEXES = 16;

    /** How many steps are kept for subscriptions that return, unless said. */
    public static final int DEFAULT_HISTORY_SIZE = 4096;

    /** The most steps that can be kept. */
    public static final int MAX_HISTORY_SIZE = 65_536;

    /** The bytes that {@linkplain #historyBytes history} may take, unless set: 16 MiB. */
    public static final long DEFAULT_HISTORY_BYTES = 16L << 20;

    /** The threads that call listeners, unless {@linkplain #maxListenerThreads set}. */
    public static final int DEFAULT_LISTENER_THREADS = 256;

    /** How long closing waits for listeners, unless said. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** How long a call of a listener may run before {@link PresenceStore#health} names it, unless said. */
    public static final Duration DEFAULT_SLOW_LISTENER_THRESHOLD = Duration.ofSeconds(1);

    /** The greatest {@linkplain #maxWritesPerSecondPerUser rate of writes} that can be set. */
    public static final int MAX_WRITES_PER_SECOND = 1_000_000;

    /** The name of a store that is given none. */
    public static final String DEFAULT_NAME = "presence";

    /** The longest name of a store, in characters. */
    public static final int MAX_NAME = 64;

    private final Set<AttributePath> indexes = new LinkedHashSet<>();
    private @Nullable String name;
    private @Nullable Duration defaultTtl;
    private @Nullable Duration maxTtl;
    private @Nullable Duration tick;
    private @Nullable Integer maxPresences;
    private @Nullable LongSupplier nanoClock;
    private @Nullable InstantSource wallClock;
    private @Nullable BiConsumer<Subscription, Throwable> onListenerError;
    private @Nullable Integer history;
    private @Nullable Long historyBytes;
    private @Nullable Integer maxListenerThreads;
    private @Nullable Duration closeTimeout;
    private @Nullable Duration slowListener;
    private @Nullable Executor listenerExecutor;
    private @Nullable ThreadFactory threads;
    private @Nullable Boolean deliverUnchanged;
    private boolean callerDriven;
    private @Nullable Integer presencesPerUser;
    private @Nullable Integer subscriptionsPerUser;
    private @Nullable Integer writesPerSecondPerUser;
    private @Nullable Duration minTtl;
    private boolean areIdsScoped;
    private LongUnaryOperator operations = LongUnaryOperator.identity();

    PresenceStoreBuilder() {}

    /**
     * Sets the name of the store: its threads are called {@code <name>-dispatcher} and {@code <name>-listener-<n>},
     * unless they come from a {@linkplain #threadFactory factory}, and its log records begin with it. Default:
     * {@value #DEFAULT_NAME}, which log records omit.
     *
     * @param name 1 to {@value #MAX_NAME} characters of {@code [A-Za-z0-9._-]}, the first a letter or a digit
     * @return this builder
     * @throws IllegalArgumentException if it is not
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder name(String name) {
        unset("name", this.name);
        this.name = Checks.key("name", name, MAX_NAME);
        return this;
    }

    /**
     * Sets the lifetime of a presence whose writer does not say. Default: 15 minutes, or the maximum if that is
     * less.
     *
     * @param ttl positive, and at most the maximum
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder defaultTtl(Duration ttl) {
        unset("defaultTtl", defaultTtl);
        defaultTtl = Checks.positive("defaultTtl", ttl);
        return this;
    }

    /**
     * Sets the longest lifetime that a write may ask for. Default: 30 days, which is also the most.
     *
     * @param ttl positive, and at most 30 days
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder maxTtl(Duration ttl) {
        unset("maxTtl", maxTtl);
        if (Checks.positive("maxTtl", ttl).compareTo(MAX_TTL) > 0) {
            throw new IllegalArgumentException("maxTtl must be at most " + MAX_TTL + ": " + ttl);
        }
        maxTtl = ttl;
        return this;
    }

    /**
     * Sets how precisely ends of life are noticed for listeners. Default: 8 ms. Readers are always exact.
     *
     * @param tick from 1 ms to 1 s
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder tick(Duration tick) {
        unset("tick", this.tick);
        if (Checks.notNull("tick", tick).compareTo(Duration.ofMillis(1)) < 0
                || tick.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("tick must be from PT0.001S to PT1S: " + tick);
        }
        this.tick = tick;
        return this;
    }

    /**
     * Sets how many presences may live at once. Default: 1,000,000. An upsert that would make one more fails with
     * {@link PresenceException.Code#STORE_FULL}.
     *
     * <p>The limit is exact. A deleted presence counts no longer from the return of {@code delete} on, an expired
     * one until a write of its id or the dispatcher finds it over, at most a {@linkplain #tick tick} and the lag of
     * the dispatcher after its deadline. Ends that are not dispatched yet have an allowance of their own, as many
     * again: as the dispatcher takes changes in the order of writes, they don't exceed it. A presence that is
     * deleted before it was dispatched holds nothing. So a writer whose presences come and go is not refused,
     * whether or not the dispatcher keeps up.
     *
     * @param presences positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder maxPresences(int presences) {
        unset("maxPresences", maxPresences);
        if (presences <= 0) {
            throw new IllegalArgumentException("maxPresences must be positive: " + presences);
        }
        maxPresences = presences;
        return this;
    }

    /**
     * Sets how many presences of one user may live at once, for writes by principals. An upsert by a principal that
     * would make one more fails with {@link PresenceException.Code#LIMIT_EXCEEDED}. Default: no limit, since a
     * service that writes on behalf of many may do so as one principal; set it if principals are end users, to a
     * few times as many as one has devices and tabs.
     *
     * <p>Presences are counted by owner, whoever writes them. Writes by trusted code count, and are never refused
     * by this limit. The limit is exact: a presence counts no longer from its deadline on, or from the return of
     * {@code delete}, dispatched or not.
     *
     * @param presences positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder maxPresencesPerUser(int presences) {
        unset("maxPresencesPerUser", presencesPerUser);
        presencesPerUser = Checks.positive("maxPresencesPerUser", presences);
        return this;
    }

    /**
     * Sets how many subscriptions of one user may be open at once, those of publishers included. One more fails
     * with {@link PresenceException.Code#LIMIT_EXCEEDED}; so does {@link Subscription#switchPrincipal} if the other user
     * has as many already, and then the subscription stays as it is. A closed subscription counts no longer from
     * the return of {@code close} on. The limit is exact. Default: no limit.
     *
     * <p>It holds for principals with a user id. Subscriptions by trusted code and by guests are not counted.
     *
     * @param subscriptions positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder maxSubscriptionsPerUser(int subscriptions) {
        unset("maxSubscriptionsPerUser", subscriptionsPerUser);
        subscriptionsPerUser = Checks.positive("maxSubscriptionsPerUser", subscriptions);
        return this;
    }

    /**
     * Sets how often a user may call {@code upsert} and {@code update}, as a principal. A burst of this many is
     * accepted at any time after a second without a call, and from then on this many per second, evenly (a token
     * bucket). A call beyond that fails with {@link PresenceException.Code#LIMIT_EXCEEDED} and changes nothing, so
     * the caller must write its last state again after {@link PresenceException#retryAfter}, which is less than a
     * second. A call counts whether or not it succeeds, unless its arguments are illegal. Default: no limit.
     *
     * <p>{@code touch} and {@code delete} are never refused: a heartbeat delivers nothing, and a delete needs an
     * upsert before it. Trusted code has no limit. A user's allowance takes memory for a second after its last
     * call, and until others write.
     *
     * @param writes from 1 to 1,000,000
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder maxWritesPerSecondPerUser(int writes) {
        unset("maxWritesPerSecondPerUser", writesPerSecondPerUser);
        if (writes < 1 || writes > MAX_WRITES_PER_SECOND) {
            throw new IllegalArgumentException(
                    "maxWritesPerSecondPerUser must be from 1 to " + MAX_WRITES_PER_SECOND + ": " + writes);
        }
        writesPerSecondPerUser = writes;
        return this;
    }

    /**
     * Sets the shortest lifetime that a principal may ask for, in an upsert, an update or a touch. A shorter one is
     * an {@link IllegalArgumentException}. Trusted code may ask for any. Default: no limit.
     *
     * @param ttl positive, and at most the maximum and the default
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder minTtl(Duration ttl) {
        unset("minTtl", minTtl);
        minTtl = Checks.positive("minTtl", ttl);
        return this;
    }

    /**
     * Refuses each upsert by a principal whose id is not one that {@link PresenceId#of} returns for its user, with
     * {@link PresenceException.Code#DENIED}: so no user can take an id that another one needs. {@code update},
     * {@code touch} and {@code delete} take no id, and go by permissions as ever. Trusted code may upsert any id
     * without {@code ~} for any user, and one with {@code ~} for the user in it; otherwise that is an
     * {@link IllegalArgumentException}. Default: an id is free to whoever writes it first.
     *
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder scopeIdsByUser() {
        unset("scopeIdsByUser", areIdsScoped ? "true" : null);
        areIdsScoped = true;
        return this;
    }

    /**
     * Sets the clock on which lifetimes run. Default: {@link System#nanoTime}.
     *
     * @param nanos nanoseconds of any origin, never running backwards, read by any thread
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder nanoClock(LongSupplier nanos) {
        unset("nanoClock", nanoClock);
        nanoClock = Checks.notNull("nanoClock", nanos);
        return this;
    }

    /**
     * Declares an index: lists, counts and snapshots with an {@code equal} condition on the attribute look only at
     * the presences that have one of its values, where they would look at all. {@code userId} is indexed without
     * being declared, and {@code $id} needs no index. Costs a few tens of bytes per presence, and a little of each
     * write that changes the value. A value that is null, a list or a map is not indexed.
     *
     * @param attribute {@code userId}, {@code status}, {@code source} or {@code metadata.<path>}
     * @return this builder
     * @throws IllegalArgumentException if it is no such attribute
     * @throws IllegalStateException if it was declared already, or {@value #MAX_INDEXES} others were
     */
    public PresenceStoreBuilder index(String attribute) {
        AttributePath path = Checks.indexable(attribute);
        unset("index on " + Checks.printable(path.toString()), indexes.contains(path) ? "declared" : null);
        if (indexes.size() == MAX_INDEXES) {
            throw new IllegalStateException("indexes must be at most " + MAX_INDEXES + ": " + (MAX_INDEXES + 1));
        }
        indexes.add(path);
        return this;
    }

    /**
     * Sets the clock that {@code createdAt}, {@code updatedAt} and {@code expiresAt} are read from. Default: the
     * system's. It may jump.
     *
     * @param wall the time of day, read by any thread
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder wallClock(InstantSource wall) {
        unset("wallClock", wallClock);
        wallClock = Checks.notNull("wallClock", wall);
        return this;
    }

    /**
     * Sets who is told what listeners throw. Default: a warning to the {@link System.Logger} {@code io.presence}.
     *
     * @param handler called on the dispatcher; should not block
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder onListenerError(BiConsumer<Subscription, Throwable> handler) {
        unset("onListenerError", onListenerError);
        onListenerError = Checks.notNull("onListenerError", handler);
        return this;
    }

    /**
     * Sets how many of the last steps are kept for subscriptions that
     * {@linkplain SubscriptionOptions#resumeFrom return}. Default: 4,096. Each takes 60 bytes beside the presence as it
     * was before, which is kept with it; the total is limited by {@link #historyBytes}.
     *
     * @param steps from 0, for none, to 65,536
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder historySize(int steps) {
        unset("historySize", history);
        if (steps < 0 || steps > MAX_HISTORY_SIZE) {
            throw new IllegalArgumentException("historySize must be from 0 to " + MAX_HISTORY_SIZE + ": " + steps);
        }
        history = steps;
        return this;
    }

    /**
     * Limits the bytes of heap that {@linkplain #historySize history} may take, as estimated. The oldest changes go
     * first, and a subscription that returns from before them starts over. Default: 16 MiB.
     *
     * @param bytes not negative; 0 for no history
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder historyBytes(long bytes) {
        unset("historyBytes", historyBytes);
        historyBytes = Checks.notNegative("historyBytes", bytes);
        return this;
    }

    /**
     * Limits the platform threads that call listeners if there is no {@linkplain #listenerExecutor executor} for
     * it. They are added while turns wait and end when idle, so a listener that blocks delays others only when all
     * threads of the bound are blocked. No effect from JDK 24 on without a
     * {@linkplain #threadFactory thread factory}: each call has a virtual thread there. Default:
     * {@value #DEFAULT_LISTENER_THREADS}.
     *
     * @param threads positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder maxListenerThreads(int threads) {
        unset("maxListenerThreads", maxListenerThreads);
        if (threads <= 0) {
            throw new IllegalArgumentException("maxListenerThreads must be positive: " + threads);
        }
        maxListenerThreads = threads;
        return this;
    }

    /**
     * Sets whether a write that changes nothing is delivered. By default it is not: an upsert or a patch that
     * leaves status, source, metadata and permissions as they were written last is a heartbeat. The lifetime that
     * it names, or that an upsert without one gets, is set as by any other write (to less as well),
     * {@link Presence#updatedAt} stays, and no listener is called. If {@code true}, every write but
     * {@linkplain PresencePatch#none the empty patch} moves {@code updatedAt} and is an UPDATE to everybody who
     * sees the presence, as in Appwrite.
     *
     * @param isDelivered whether such a write is an UPDATE
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder deliverUnchanged(boolean isDelivered) {
        unset("deliverUnchanged", deliverUnchanged);
        deliverUnchanged = isDelivered;
        return this;
    }

    /**
     * Sets how long {@link PresenceStore#close} waits for listeners to be told what was written. Default: 5
     * seconds.
     *
     * @param timeout not negative; zero for not waiting
     * @return this builder
     * @throws IllegalArgumentException if it is negative, or longer than a day
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder closeTimeout(Duration timeout) {
        unset("closeTimeout", closeTimeout);
        if (Checks.notNull("closeTimeout", timeout).isNegative() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("closeTimeout must be from PT0S to PT24H: " + timeout);
        }
        closeTimeout = timeout;
        return this;
    }

    /**
     * Sets how long a call of a listener may run before {@link PresenceStore#health} names it. Default: 1 second.
     *
     * @param threshold positive, and at most a day
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder slowListenerThreshold(Duration threshold) {
        unset("slowListenerThreshold", slowListener);
        if (Checks.positive("slowListenerThreshold", threshold).compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("slowListenerThreshold must be at most PT24H: " + threshold);
        }
        slowListener = threshold;
        return this;
    }

    /**
     * Sets what calls the listeners of subscriptions that name no executor. Default: threads of the
     * store, which start when needed (a virtual thread for each turn from JDK 24 on, otherwise up to
     * {@linkplain #maxListenerThreads a bound} of daemon threads); for a caller-driven store, its caller. A turn
     * that the executor has not begun after 2 seconds is submitted again, in case it was dropped.
     *
     * @param executor runs a task at some time, on any thread; not shut down by the store
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder listenerExecutor(Executor executor) {
        unset("listenerExecutor", listenerExecutor);
        listenerExecutor = Checks.notNull("listenerExecutor", executor);
        return this;
    }

    /**
     * Sets what makes the threads of the store: that of the duty cycle, and those that call listeners if there is
     * no {@linkplain #listenerExecutor executor} for it. Default: daemon threads. The store does not rename them.
     *
     * @param factory called by {@link #build}, and when a listener is to be called; a call of the latter kind that
     *     throws or returns null is counted, and tried again
     * @return this builder
     * @throws IllegalStateException if it was set already, or the store is caller-driven
     */
    public PresenceStoreBuilder threadFactory(ThreadFactory factory) {
        unset("threadFactory", threads);
        unset("threadFactory", callerDriven ? "callerDriven" : null);
        threads = Checks.notNull("threadFactory", factory);
        return this;
    }

    /**
     * Leaves it to the host to call {@link PresenceStore#doWork}: from its own event loop, for several stores from
     * one thread, or by hand in a test.
     *
     * @return this builder
     * @throws IllegalStateException if it was set already, or a thread factory was given
     */
    public PresenceStoreBuilder callerDriven() {
        unset("callerDriven", callerDriven ? "true" : threads);
        callerDriven = true;
        return this;
    }

    /**
     * Makes the store, and starts its thread unless it is caller-driven.
     *
     * @return a new store, to be closed
     * @throws IllegalArgumentException if the default lifetime is beyond the maximum or below the minimum, or the
     *     minimum is beyond the maximum
     * @throws IllegalStateException if the {@linkplain #threadFactory factory} throws, returns null, or returns a
     *     thread that does not start
     */
    public PresenceStore build() {
        Duration max = or(maxTtl, MAX_TTL);
        Duration usual = usualTtl(max);
        return DefaultPresenceStore.of(new DefaultPresenceStore.Settings(
                name,
                usual,
                max,
                or(tick, DEFAULT_TICK),
                or(maxPresences, DEFAULT_MAX_PRESENCES),
                indexed(),
                or(nanoClock, System::nanoTime),
                or(wallClock, Clock.systemUTC()),
                System::nanoTime,
                onListenerError,
                or(history, DEFAULT_HISTORY_SIZE),
                or(closeTimeout, DEFAULT_CLOSE_TIMEOUT),
                or(slowListener, DEFAULT_SLOW_LISTENER_THRESHOLD),
                listenerExecutor,
                callerDriven,
                threads,
                or(maxListenerThreads, DEFAULT_LISTENER_THREADS),
                or(historyBytes, DEFAULT_HISTORY_BYTES),
                or(deliverUnchanged, false),
                operations,
                new UserLimits.Settings(
                        presencesPerUser, subscriptionsPerUser, writesPerSecondPerUser, minTtl, areIdsScoped)));
    }

    private Duration usualTtl(Duration max) {
        if (minTtl != null && minTtl.compareTo(max) > 0) {
            throw new IllegalArgumentException("minTtl must be at most maxTtl, " + max + ": " + minTtl);
        }
        Duration least = or(minTtl, Duration.ZERO);
        Duration usual = or(defaultTtl, Collections.max(List.of(least, Collections.min(List.of(DEFAULT_TTL, max)))));
        if (usual.compareTo(max) > 0) {
            throw new IllegalArgumentException("defaultTtl must be at most maxTtl, " + max + ": " + usual);
        }
        if (usual.compareTo(least) < 0) {
            throw new IllegalArgumentException("defaultTtl must be at least minTtl, " + least + ": " + usual);
        }
        return usual;
    }

    /**
     * Scales the number of operations of queries that are spent at a time.
     *
     * @param scale from the usual number to the one to use
     * @return this builder
     */
    PresenceStoreBuilder operations(LongUnaryOperator scale) {
        operations = scale;
        return this;
    }

    private List<AttributePath> indexed() {
        Set<AttributePath> all = new LinkedHashSet<>(List.of(AttributePath.of("userId")));
        all.addAll(indexes);
        return List.copyOf(all);
    }

    private static <T> T or(@Nullable T set, T otherwise) {
        return set == null ? otherwise : set;
    }

    private static void unset(String option, @Nullable Object value) {
        if (value != null) {
            throw new IllegalStateException(option + " must be set once: " + value);
        }
    }
}
