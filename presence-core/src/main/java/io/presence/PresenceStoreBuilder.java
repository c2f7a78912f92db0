package io.presence;

import io.presence.cluster.ClusterOptions;
import io.presence.internal.DefaultPresenceStore;
import io.presence.internal.StoreSettings;
import io.presence.internal.lock.SoftLocks;
import io.presence.internal.store.UserLimits;
import io.presence.internal.view.Views;
import io.presence.lock.LockPolicy;
import io.presence.lock.StealRule;
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
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A builder of {@link PresenceStore}, which collects its options. Each option can be set once.
 *
 * <p><b>Threads.</b> For one thread.
 */
public final class PresenceStoreBuilder {

    /** The default TTL of a presence whose writer sets none: 15 minutes. */
    public static final Duration DEFAULT_TTL = Duration.ofMinutes(15);

    /** The longest TTL that a store can allow: 30 days. */
    public static final Duration MAX_TTL = Duration.ofDays(30);

    /** The default maximum of the grace after a session is closed, one minute. */
    public static final Duration DEFAULT_MAX_GRACE = Duration.ofMinutes(1);

    /** The default tick: the granularity at which expirations are reported to listeners, 8 ms. */
    public static final Duration DEFAULT_TICK = Duration.ofMillis(8);

    /** The default maximum number of presences of a store. */
    public static final int DEFAULT_MAX_PRESENCES = 1_000_000;

    /** The maximum number of indexes. */
    public static final int MAX_INDEXES = 16;

    /** The default number of changes in the history, which serves resumed subscriptions. */
    public static final int DEFAULT_HISTORY_SIZE = 4096;

    /** The maximum number of changes in the history. */
    public static final int MAX_HISTORY_SIZE = 65_536;

    /** The default limit on the memory of the history, in bytes: 16 MiB. */
    public static final long DEFAULT_HISTORY_BYTES = 16L << 20;

    /** The default maximum number of threads that call listeners. */
    public static final int DEFAULT_LISTENER_THREADS = 256;

    /** The default time for which {@link PresenceStore#close} waits for listeners: 5 seconds. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** The default time after which {@link PresenceStore#health} reports a running listener: 1 second. */
    public static final Duration DEFAULT_SLOW_LISTENER_THRESHOLD = Duration.ofSeconds(1);

    /** The maximum value of {@link #maxWritesPerSecondPerUser}. */
    public static final int MAX_WRITES_PER_SECOND = 1_000_000;

    /** The default maximum number of open views with different filters or rights. */
    public static final int DEFAULT_MAX_VIEWS = 1024;

    /** The default ladder: {@code busy}, {@code online}, {@code away}. */
    public static final List<String> DEFAULT_STATUS_LADDER = List.of("busy", "online", "away");

    /** The maximum number of statuses of a ladder. */
    public static final int MAX_LADDER = 64;

    /** The default number of users whose last heartbeat a view remembers. */
    public static final int DEFAULT_LAST_SEEN_USERS = 10_000;

    /** The default time for which a view remembers them: one day. */
    public static final Duration DEFAULT_LAST_SEEN_TIME = Duration.ofDays(1);

    /** The default maximum number of locks of one user. */
    public static final int DEFAULT_MAX_LOCKS_PER_USER = 64;

    /** The default time to live of a lock without a heartbeat, 30 seconds. */
    public static final Duration DEFAULT_LOCK_TTL = Duration.ofSeconds(30);

    /** The default name of a store. */
    public static final String DEFAULT_NAME = "presence";

    /** The maximum length of the name of a store, in characters. */
    public static final int MAX_NAME = 64;

    private @Nullable Integer maxViews;
    private @Nullable List<String> ladder;
    private @Nullable Integer lastSeenUsers;
    private @Nullable Duration lastSeenTime;
    private final Set<AttributePath> indexes = new LinkedHashSet<>();
    private @Nullable String name;
    private @Nullable Duration defaultTtl;
    private @Nullable Duration maxTtl;
    private @Nullable Duration tick;
    private @Nullable Duration maxGrace;
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
    private @Nullable ClusterOptions cluster;
    private @Nullable Supplier<RandomGenerator> clusterRandom;
    private boolean callerDriven;
    private @Nullable Integer presencesPerUser;
    private @Nullable Integer subscriptionsPerUser;
    private @Nullable Integer writesPerSecondPerUser;
    private @Nullable Duration minTtl;
    private boolean areIdsScoped;
    private @Nullable LockPolicy lockPolicy;
    private @Nullable StealRule stealRule;
    private @Nullable Integer locksPerUser;
    private @Nullable Duration lockTtl;
    private @Nullable LongSupplier lockTokens;
    private LongUnaryOperator operations = LongUnaryOperator.identity();

    PresenceStoreBuilder() {}

    /**
     * Sets the name of the store. Its threads are named {@code <name>-dispatcher} and {@code <name>-listener-<n>}
     * unless a {@linkplain #threadFactory factory} makes them, and its log records begin with the name. Default:
     * {@value #DEFAULT_NAME}, which log records omit.
     *
     * @param name 1 to {@value #MAX_NAME} characters of {@code [A-Za-z0-9._-]}, the first a letter or a digit
     * @return this builder
     * @throws IllegalArgumentException if it breaks this rule
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder name(String name) {
        unset("name", this.name);
        this.name = Checks.name(name, MAX_NAME);
        return this;
    }

    /**
     * Sets the TTL of a presence whose writer sets none. Default: 15 minutes, limited by {@link #maxTtl} and
     * {@link #minTtl}.
     *
     * @param ttl positive, and at most {@code maxTtl}
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
     * Sets the longest TTL that a write can ask for. Default: 30 days, which is also the maximum.
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
     * Sets the longest grace that {@link io.presence.session.PresenceSession#close(Duration)} accepts. Default: one
     * minute.
     *
     * @param grace positive, and at most 30 days
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder maxGrace(Duration grace) {
        unset("maxGrace", maxGrace);
        if (Checks.positive("maxGrace", grace).compareTo(MAX_TTL) > 0) {
            throw new IllegalArgumentException("maxGrace must be at most " + MAX_TTL + ": " + grace);
        }
        maxGrace = grace;
        return this;
    }

    /**
     * Sets the granularity at which expirations are reported to listeners. Readers are always exact. Default: 8 ms.
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
     * Sets the maximum number of presences that have not ended. An upsert that would exceed it fails with
     * {@link PresenceException.Code#STORE_FULL}. Default: 1,000,000.
     *
     * <p>The limit is exact. A deleted presence stops counting when {@code delete} returns. An expired presence stops
     * counting when a write of its id or the dispatcher finds it, at most a {@linkplain #tick tick} plus the lag of the
     * dispatcher after its deadline. Presences whose end is not dispatched yet have an allowance of their own, which is
     * {@code presences} again. Since the dispatcher takes changes in the order of writes, they do not exceed it. A
     * presence that is deleted before it was ever dispatched counts for neither. Hence a writer that repeatedly creates
     * and deletes presences is not refused, even if the dispatcher is behind.
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
     * Sets the maximum number of presences of one user that have not ended, for writes by principals. An upsert by a
     * principal that would exceed it fails with {@link PresenceException.Code#LIMIT_EXCEEDED}. Default: no limit, since
     * a service can write for many users as one principal. If principals are end users, set it to a small multiple of
     * the devices and browser tabs of one user.
     *
     * <p>Presences are counted by owner. Writes by trusted code count, and this limit never refuses them. The limit is
     * exact: a presence stops counting at its deadline, or when {@code delete} returns, even if its end is not
     * dispatched yet.
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
     * Sets the maximum number of open subscriptions of one user, including those of publishers. A subscription that
     * would exceed it fails with {@link PresenceException.Code#LIMIT_EXCEEDED}. {@link Subscription#switchPrincipal}
     * fails likewise if the new user has reached the limit, and leaves the subscription unchanged. A subscription stops
     * counting when {@code close} returns. The limit is exact. Default: no limit.
     *
     * <p>The limit applies to principals with a user id. Subscriptions of trusted code and of guests are not counted.
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
     * Sets the maximum number of open views, of {@linkplain Presences#users users} and {@linkplain Presences#counts
     * counts} together. Subscriptions with equal filters and equal rights share one view. One that needs a further view
     * fails with {@link PresenceException.Code#LIMIT_EXCEEDED}. Default: {@value #DEFAULT_MAX_VIEWS}.
     *
     * @param views positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder maxViews(int views) {
        unset("maxViews", maxViews);
        maxViews = Checks.positive("maxViews", views);
        return this;
    }

    /**
     * Sets the ladder by which {@linkplain Presences#users users} are merged: a user with several presences has the
     * status that comes first here. A status that is not on the ladder ranks below all others; of several such
     * presences the one that was changed last is shown. Default: {@code busy}, {@code online}, {@code away}.
     *
     * @param statuses different statuses, highest first, at most {@value #MAX_LADDER}
     * @return this builder
     * @throws IllegalArgumentException if there are more, or one is named twice
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder statusLadder(String... statuses) {
        unset("statusLadder", ladder);
        List<String> given = Checks.all("statuses", statuses);
        if (given.size() > MAX_LADDER) {
            throw new IllegalArgumentException("statuses must be at most " + MAX_LADDER + ": " + given.size());
        }
        if (Set.copyOf(given).size() < given.size()) {
            throw new IllegalArgumentException("statuses must be different: " + Checks.printable(given.toString()));
        }
        ladder = List.copyOf(given);
        return this;
    }

    /**
     * Sets how many users that are gone each {@linkplain io.presence.user.UserSubscription#lastSeen user view}
     * remembers, and for how long. The user whose last presence ended first is forgotten first. Default:
     * {@value #DEFAULT_LAST_SEEN_USERS} users for one day. A user takes about 120 bytes.
     *
     * @param users not negative; 0 for none
     * @param time positive, and at most 30 days
     * @return this builder
     * @throws IllegalArgumentException if one is out of range
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder lastSeen(int users, Duration time) {
        unset("lastSeen", lastSeenTime);
        int checked = (int) Checks.notNegative("users", users);
        if (Checks.positive("time", time).compareTo(MAX_TTL) > 0) {
            throw new IllegalArgumentException("time must be at most " + MAX_TTL + ": " + time);
        }
        lastSeenUsers = checked;
        lastSeenTime = time;
        return this;
    }

    /**
     * Sets the maximum rate of {@code upsert} and {@code update} calls of a user, by a token bucket: after a second
     * without a call, a user can make {@code writes} calls at once, and after these {@code writes} calls in each
     * second, evenly distributed. A call beyond this rate fails with {@link PresenceException.Code#LIMIT_EXCEEDED} and
     * changes nothing. The caller must then write its last state again after {@link PresenceException#retryAfter},
     * which is at most a second. Every call counts, including a failed one, unless its arguments are invalid.
     * Default: no limit.
     *
     * <p>{@code touch} and {@code delete} are never refused, since a heartbeat delivers no event, and a delete requires
     * an earlier upsert. Trusted code has no limit. The allowance of a user takes memory for a second after its last
     * call, and then until other users write.
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
     * Sets the shortest TTL that a principal can ask for in an upsert, update or touch. A shorter one causes an
     * {@link IllegalArgumentException}. Trusted code is not restricted. Default: no limit.
     *
     * @param ttl positive, and at most {@code maxTtl} and {@code defaultTtl}
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
     * Restricts principals to presence ids of their own user, as {@link PresenceId#of} returns them, so that no user
     * can take the id of another user. Any other upsert by a principal fails with
     * {@link PresenceException.Code#DENIED}. {@code update}, {@code touch} and {@code delete} do not create a presence,
     * and remain subject to permissions alone. Trusted code can upsert an id without {@code ~} for any user, and an id
     * with {@code ~} for the user that it names; any other upsert causes an {@link IllegalArgumentException}. Default:
     * the first writer of an id owns it.
     *
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder scopeIdsByUser() {
        unset("scopeIdsByUser", areIdsScoped ? true : null);
        areIdsScoped = true;
        return this;
    }

    /**
     * Lets principals lock resources by their sessions, as far as a policy permits. Default: no principal may lock, and
     * the store has no locks.
     *
     * <p><b>Cost.</b> A store without a policy pays nothing for locks. With one, the locks have a table and a timer
     * wheel of their own, which the dispatcher serves as well. At most {@link #maxPresences} locks are held at a time,
     * beside the presences.
     *
     * @param policy decides for each call of {@link io.presence.session.PresenceSession#tryLock}, {@code lock} and
     *     {@code stealLock}
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder lockPolicy(LockPolicy policy) {
        unset("lockPolicy", lockPolicy);
        lockPolicy = Checks.notNull("lockPolicy", policy);
        return this;
    }

    /**
     * Sets the rule by which a session may take a lock from another one. Default: never.
     *
     * @param rule decides for each call of {@link io.presence.session.PresenceSession#stealLock}
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder stealRule(StealRule rule) {
        unset("stealRule", stealRule);
        stealRule = Checks.notNull("stealRule", rule);
        return this;
    }

    /**
     * Sets the maximum number of locks that one user holds, over all sessions, and separately that of the locks that it
     * waits for. One more is refused with {@link PresenceException.Code#LIMIT_EXCEEDED}. The limit is exact: a lock
     * stops counting when it ends. Default: {@value #DEFAULT_MAX_LOCKS_PER_USER}.
     *
     * @param locks positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder maxLocksPerUser(int locks) {
        unset("maxLocksPerUser", locksPerUser);
        locksPerUser = Checks.positive("maxLocksPerUser", locks);
        return this;
    }

    /**
     * Sets the time after which a lock ends unless its session sends a heartbeat. Default: 30 seconds, or
     * {@code maxTtl} if that is less.
     *
     * @param ttl positive, and at most {@code maxTtl}
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder lockTtl(Duration ttl) {
        unset("lockTtl", lockTtl);
        lockTtl = Checks.positive("lockTtl", ttl);
        return this;
    }

    /**
     * Sets the source of fencing tokens, for example a counter in the database that the locks protect. The token of a
     * grant is the number that the source supplies, or the last token plus 1 if that is greater. So a source that goes
     * back never lowers a token. Default: the milliseconds of the wall clock at the start of the store, shifted by 20
     * bits. So tokens also grow over restarts, unless the wall clock goes back or a million locks are granted in each
     * millisecond.
     *
     * @param source called for each grant, by the thread that asks for the lock or by the dispatcher; must return at
     *     once, like a clock. If it throws, the grant fails with {@link PresenceException.Code#DENIED}, and the failure
     *     is counted in {@link PresenceHealth#failures} as {@code LOCK_RULE} and logged
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder lockTokens(LongSupplier source) {
        unset("lockTokens", lockTokens);
        lockTokens = Checks.notNull("lockTokens", source);
        return this;
    }

    /**
     * Sets the monotonic clock, which measures TTLs and deadlines. Default: {@link System#nanoTime}.
     *
     * @param nanos nanoseconds from any origin; must never run backwards; read by any thread
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder nanoClock(LongSupplier nanos) {
        unset("nanoClock", nanoClock);
        nanoClock = Checks.notNull("nanoClock", nanos);
        return this;
    }

    /**
     * Declares a secondary index on an attribute. Lists, counts and snapshots with an {@code equal} condition on the
     * attribute then examine only the presences with one of the values, and not the whole store. {@code userId} is
     * always indexed, and {@code $id} needs no index. Values that are null, lists or maps are not indexed.
     *
     * <p><b>Cost.</b> Each distinct value takes one place in a hash table. Each presence takes one array element if at
     * most 8 presences have its value, and otherwise one node of a concurrent hash set. A write that changes the value
     * updates two entries of the index; any other write costs one comparison.
     *
     * @param attribute {@code userId}, {@code status}, {@code source} or {@code metadata.<path>}
     * @return this builder
     * @throws IllegalArgumentException if it is no such attribute
     * @throws IllegalStateException if the index was declared already, or {@value #MAX_INDEXES} others were
     */
    public PresenceStoreBuilder index(String attribute) {
        AttributePath path = Checks.indexable(attribute);
        unset("index on " + Checks.printable(path.toString()), indexes.contains(path) ? path : null);
        if (indexes.size() == MAX_INDEXES) {
            throw new IllegalStateException("indexes must be at most " + MAX_INDEXES);
        }
        indexes.add(path);
        return this;
    }

    /**
     * Sets the wall clock, from which {@code createdAt}, {@code updatedAt} and {@code expiresAt} are read. It can jump.
     * Default: the clock of the system.
     *
     * @param wall the time of day; read by any thread
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder wallClock(InstantSource wall) {
        unset("wallClock", wallClock);
        wallClock = Checks.notNull("wallClock", wall);
        return this;
    }

    /**
     * Sets the handler for exceptions thrown by listeners. Default: logs a warning to the {@link System.Logger}
     * {@code io.presence}.
     *
     * @param handler called by the draining thread, after the call of the listener; must not block if listeners run on
     *     the dispatcher
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder onListenerError(BiConsumer<Subscription, Throwable> handler) {
        unset("onListenerError", onListenerError);
        onListenerError = Checks.notNull("onListenerError", handler);
        return this;
    }

    /**
     * Sets the number of recent changes that the store keeps for {@linkplain SubscriptionOptions#resumeFrom resumed}
     * subscriptions. A subscription that resumes from an older revision is reset. Default: 4,096.
     *
     * <p><b>Cost.</b> 60 bytes for each change, and the previous state of its presence. {@link #historyBytes} limits
     * the total.
     *
     * @param changes from 0, which disables the history, to 65,536
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder historySize(int changes) {
        unset("historySize", history);
        if (changes < 0 || changes > MAX_HISTORY_SIZE) {
            throw new IllegalArgumentException("historySize must be from 0 to " + MAX_HISTORY_SIZE + ": " + changes);
        }
        history = changes;
        return this;
    }

    /**
     * Sets the maximum heap memory of the {@linkplain #historySize history}, as the store estimates it. Beyond it the
     * oldest changes are dropped, and a subscription that resumes from an older revision is reset. Default: 16 MiB.
     *
     * @param bytes not negative; 0 disables the history
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
     * Sets the maximum number of platform threads that call listeners if there is no {@link #listenerExecutor}. A
     * thread is added while drain tasks wait, and ends when it is idle. Hence a blocked listener delays others only
     * while this number of listeners is blocked. From JDK 24 on this option has no effect unless a
     * {@link #threadFactory} is set, since each drain task has a virtual thread there. Default:
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
     * Sets whether a write that changes nothing is delivered. By default it is not: an upsert or patch is a heartbeat
     * if status, source, metadata and permissions are equal to those of the last write. It sets the deadline like any
     * other write, possibly to an earlier time, leaves {@link Presence#updatedAt} as it is, and calls no listener. If
     * {@code true}, every write except {@linkplain PresencePatch#none the empty patch} moves {@code updatedAt} and is
     * delivered as an UPDATE to every subscription to which the presence is visible, as in Appwrite.
     *
     * @param isDelivered true to deliver such a write as an UPDATE
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder deliverUnchanged(boolean isDelivered) {
        unset("deliverUnchanged", deliverUnchanged);
        deliverUnchanged = isDelivered;
        return this;
    }

    /**
     * Sets the maximum time for which {@link PresenceStore#close} waits until listeners have received what was written.
     * Default: 5 seconds.
     *
     * @param timeout from zero, which means no waiting, to one day
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
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
     * Sets the time after which {@link PresenceStore#health} reports a running listener. Default: 1 second.
     *
     * @param threshold positive, and at most one day
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
     * Sets the default executor for listener callbacks. Default: threads of the store, which start when needed (from
     * JDK 24 on a virtual thread for each drain task, otherwise at most {@link #maxListenerThreads} daemon threads); in
     * a caller-driven store, the thread that calls {@link PresenceStore#doWork}. A task that the executor has not begun
     * after 2 seconds is submitted again, in case the executor dropped it.
     *
     * @param executor runs each task at any time, on any thread; the store does not shut it down
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder listenerExecutor(Executor executor) {
        unset("listenerExecutor", listenerExecutor);
        listenerExecutor = Checks.notNull("listenerExecutor", executor);
        return this;
    }

    /**
     * Sets the factory for the dispatcher thread and the listener threads. The latter exist only without a
     * {@link #listenerExecutor}. The store does not rename the threads. Default: daemon threads.
     *
     * @param factory called by {@link #build}, and when a listener is to be called. If it throws or returns null in the
     *     latter case, this is counted and it is called again later
     * @return this builder
     * @throws IllegalStateException if it was set already, or the store is caller-driven
     */
    public PresenceStoreBuilder threadFactory(ThreadFactory factory) {
        unset("threadFactory", threads);
        requireOneDriver(callerDriven);
        threads = Checks.notNull("threadFactory", factory);
        return this;
    }

    /**
     * Sets the store to be caller-driven: it has no thread of its own, and the host calls {@link PresenceStore#doWork},
     * for example on its event loop, on one thread for several stores, or in a test.
     *
     * @return this builder
     * @throws IllegalStateException if it was set already, or a thread factory is set
     */
    public PresenceStoreBuilder callerDriven() {
        unset("callerDriven", callerDriven ? true : null);
        requireOneDriver(threads != null);
        callerDriven = true;
        return this;
    }

    /**
     * Makes the store a node of a cluster: it also shows the presences of the other nodes. Default: it does not.
     *
     * @param options the connection to the other nodes, and what happens when one is lost
     * @return this builder
     * @throws IllegalStateException if it was set already
     */
    public PresenceStoreBuilder cluster(ClusterOptions options) {
        unset("cluster", cluster);
        cluster = Checks.notNull("cluster", options);
        return this;
    }

    /**
     * Builds the store, and starts its thread unless it is caller-driven. A node of a cluster joins the others first.
     *
     * @return a new store, which the host must close
     * @throws IllegalArgumentException if the default TTL or that of locks exceeds the maximum, the default TTL is
     *     below the minimum, or the minimum exceeds the maximum
     * @throws IllegalStateException if an option of locks is set without a {@linkplain #lockPolicy policy}, or if the
     *     {@linkplain #threadFactory factory} throws, returns null, or returns a thread that does not start
     */
    public PresenceStore build() {
        Duration max = or(maxTtl, MAX_TTL);
        Duration usual = usualTtl(max);
        StoreSettings settings =
                new StoreSettings(or(nanoClock, System::nanoTime), or(wallClock, Clock.systemUTC()), System::nanoTime);
        settings.name = name;
        settings.defaultTtl = usual;
        settings.maxTtl = max;
        settings.tick = or(tick, DEFAULT_TICK);
        settings.maxGrace = or(maxGrace, DEFAULT_MAX_GRACE);
        settings.maxPresences = or(maxPresences, DEFAULT_MAX_PRESENCES);
        settings.indexed = indexed();
        settings.perUser = new UserLimits.Settings(
                presencesPerUser, subscriptionsPerUser, writesPerSecondPerUser, minTtl, areIdsScoped);
        settings.deliversUnchanged = or(deliverUnchanged, false);
        settings.cluster = cluster;
        settings.clusterRandom = or(clusterRandom, settings.clusterRandom);
        settings.views = new Views.Settings(
                or(maxViews, DEFAULT_MAX_VIEWS),
                or(ladder, DEFAULT_STATUS_LADDER),
                or(lastSeenUsers, DEFAULT_LAST_SEEN_USERS),
                or(lastSeenTime, DEFAULT_LAST_SEEN_TIME));
        settings.locks = lockSettings(max);
        setDelivery(settings);
        return DefaultPresenceStore.of(settings);
    }

    private void setDelivery(StoreSettings settings) {
        settings.historySize = or(history, DEFAULT_HISTORY_SIZE);
        settings.historyBytes = or(historyBytes, DEFAULT_HISTORY_BYTES);
        settings.onListenerError = onListenerError;
        settings.listenerExecutor = listenerExecutor;
        settings.isCallerDriven = callerDriven;
        settings.threadFactory = threads;
        settings.maxListenerThreads = or(maxListenerThreads, DEFAULT_LISTENER_THREADS);
        settings.closeTimeout = or(closeTimeout, DEFAULT_CLOSE_TIMEOUT);
        settings.slowListener = or(slowListener, DEFAULT_SLOW_LISTENER_THRESHOLD);
        settings.operations = operations;
    }

    private SoftLocks.@Nullable Settings lockSettings(Duration max) {
        if (lockPolicy == null) {
            requireNoLockOption("stealRule", stealRule);
            requireNoLockOption("maxLocksPerUser", locksPerUser);
            requireNoLockOption("lockTtl", lockTtl);
            requireNoLockOption("lockTokens", lockTokens);
            return null;
        }
        return new SoftLocks.Settings(
                lockPolicy,
                or(stealRule, (principal, held) -> false),
                or(locksPerUser, DEFAULT_MAX_LOCKS_PER_USER),
                usualLockTtl(max),
                lockTokens);
    }

    private static void requireNoLockOption(String option, @Nullable Object value) {
        if (value != null) {
            throw new IllegalStateException("lockPolicy must be set if " + option + " is");
        }
    }

    private Duration usualLockTtl(Duration max) {
        Duration usual = or(lockTtl, Collections.min(List.of(DEFAULT_LOCK_TTL, max)));
        if (usual.compareTo(max) > 0) {
            throw new IllegalArgumentException("lockTtl must be at most maxTtl, " + max + ": " + usual);
        }
        return usual;
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
     * Sets the source of the identity of a node.
     *
     * @param random gives the source of one store
     * @return this builder
     */
    PresenceStoreBuilder clusterRandom(Supplier<RandomGenerator> random) {
        clusterRandom = random;
        return this;
    }

    /**
     * Sets a function that scales each budget of query operations.
     *
     * @param scale from the default budget to the budget to use
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

    private static void requireOneDriver(boolean hasOther) {
        if (hasOther) {
            throw new IllegalStateException("threadFactory must not be set beside callerDriven");
        }
    }

    private static void unset(String option, @Nullable Object value) {
        if (value != null) {
            throw new IllegalStateException(option + " must be set once");
        }
    }
}
