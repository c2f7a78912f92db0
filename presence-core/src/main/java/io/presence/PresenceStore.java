package io.presence;

import io.presence.internal.DefaultPresenceStore;
import io.presence.internal.store.UserLimits;
import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store of presences in this JVM: the door of the library. As {@link Presences} it is the host's own, trusted view;
 * {@link #as} gives the view of a principal.
 *
 * <pre>{@code
 * try (PresenceStore store = PresenceStore.builder().build()) {
 *     Presences ada = store.as(Principal.user("ada").build());
 *     ada.subscribe(
 *             Channel.presences(),
 *             event -> System.out.println(event.change() + " " + event.presence().id()),
 *             Query.equal("status", "online"));
 *     ada.upsert(PresenceUpsert.of("tab-1", "online").expiresIn(Duration.ofSeconds(30))); // prints: ENTER tab-1
 * }
 * }</pre>
 *
 * <p><b>When work happens.</b> Writes take effect at once for every reader. Listeners are told, and ends of life are
 * noticed for them, by the store's duty cycle: on a daemon thread of its own, which sleeps when there is nothing to do,
 * or whenever the host calls {@link #doWork} ({@link Builder#callerDriven}).
 *
 * <p><b>Guarantees.</b> Given a monotonic clock that never runs backwards:
 * <ol>
 *   <li>No presence ends by expiry before its deadline, and none is found alive from its deadline on.
 *   <li>Listeners are told of an expiry at most one tick after the deadline, plus the lag of the duty cycle.
 *   <li>Per presence and subscription, changes are told in order, as {@code ENTER UPDATE* EXIT}; writes that follow
 *       each other faster than the duty cycle goes round, or than the listener takes them, are merged into the latest.
 *   <li>Once the duty cycle and the listener have caught up, what a subscription with a snapshot has assembled is what
 *       {@code list} with the same filters returns, but for {@code expiresAt} as moved by heartbeats.
 * </ol>
 *
 * <p><b>Limits.</b> See {@link PresenceUpsert} and {@link Builder}.
 *
 * <p><b>Threads.</b> Safe for use by any thread, except {@link #doWork}.
 */
public interface PresenceStore extends Presences, AutoCloseable {

    /**
     * Starts building a store.
     *
     * @return a builder with every default
     */
    static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the name of this store, which its threads and its log records carry.
     *
     * @return {@link Builder#name}, or {@value Builder#DEFAULT_NAME}
     */
    String name();

    /**
     * Returns the store as a principal may see and write it. Cheap: one per connection or per call are both fine.
     *
     * <p>The rights are those of the principal given, for as long as the view is used: it is immutable, and a role or
     * scope that the user gains or loses later takes effect with a view of another principal. What a presence permits
     * is judged anew by each call. A call that races with a write that changes permissions is judged by those before or
     * those after, and has the effect that it would have had then.
     *
     * @param principal the caller, with its roles and scopes
     * @return a view, valid as long as the store
     */
    Presences as(Principal principal);

    /**
     * Tells how {@link #list} would find what it returns: by which index, looking at how many presences. Not offered to
     * principals, since it counts presences that they may not read. Cost: a few look-ups; looks at no presence.
     *
     * @param queries as for a list
     * @return the way that is chosen now, and what else was considered
     * @throws io.presence.query.QueryException if a query is not valid for presences
     */
    ListPlan explain(Query... queries);

    /**
     * Tells what there is and what was done so far. Cheap, so that it can be asked every second.
     *
     * @return the counts; taken one after the other, so they need not fit each other to the last one
     */
    PresenceStats stats();

    /**
     * Returns the condition of the store: whether it dispatches, how late, what has failed, and what is stuck. Works
     * while the dispatcher is stuck, and after the store is closed. Costs by the number of subscriptions, so ask it
     * every few seconds.
     *
     * @return the condition now
     */
    PresenceHealth health();

    /**
     * Counts presences by status, as listeners were told last: one whose end is not dispatched yet counts. Costs by the
     * number of different statuses.
     *
     * @return a copy, without statuses that nobody has
     */
    Map<String, Long> statusCounts();

    /**
     * Does one round of the duty cycle of a caller-driven store. Each stage of a round does a bounded amount of work.
     *
     * @return how much was done; 0 if there was nothing to do, if called by a listener within a round, or if the store
     *     is closed or about to be
     * @throws IllegalStateException if the store has a thread of its own, or another thread is in a round
     */
    int doWork();

    /**
     * Returns a stage that completes when every write that returned before this call is dispatched: direct listeners
     * have received it, and for others it is pending.
     *
     * @return completes on the dispatcher, or at once if the store is closed: then normally if those writes were
     *     dispatched, and with a {@link PresenceException} of the code {@code STORE_CLOSED} if {@link #close} timed out
     *     before they were. A dependent that flushes again while the store closes gets that exception as well.
     */
    CompletionStage<Void> flush();

    /**
     * Returns a stage that completes when what was written before this call is delivered: it is dispatched, each
     * listener that is to be called has been called with it, or with what it was merged into, and that call has ended.
     * For a subscription that was made before this call with a snapshot, resumed, reset or given another principal,
     * that includes everything up to {@link PresenceListener#synced}.
     *
     * <p><b>Not waited for</b> is a listener that at some moment until then is {@linkplain Subscription#pause paused},
     * out of {@linkplain Subscription#request demand} or closed, and changes that were dropped on a channel of one
     * action. A listener that throws has been called. A listener whose executor refuses, drops or delays its turn is
     * waited for; a dropped turn is submitted again after 2 seconds. A presence that expires is no write: its end is
     * waited for only if it is dispatched by then.
     *
     * <p><b>From a listener</b> that calls this, or the handler of its errors, that listener is not waited for, nor is
     * one that has called this itself, in a call that was running then, and whose stage has not completed. So listeners
     * that wait within their calls don't wait for one another. But a listener that blocks holds its thread, which
     * others may need if they share an executor; and a {@linkplain Subscription.Options#direct direct} one holds the
     * dispatcher, so that the stage can't complete. Use a dependent there.
     *
     * <p><b>Threads.</b> Callable by any thread. The stage completes on the dispatcher, for a caller-driven store
     * within {@link #doWork}; a dependent must not block there.
     *
     * <p><b>Cost.</b> One look at each open subscription by the caller and one by the dispatcher, in one pass. While no
     * call is pending, one look for that at the end of each turn.
     *
     * @return completes exceptionally, with a {@link PresenceException} of the code {@code STORE_CLOSED}, if the store
     *     is closed, or has ended its subscriptions before that was delivered
     */
    CompletionStage<Void> delivered();

    /**
     * Closes the store. Further writes and subscriptions are refused; what was written until now is delivered; then
     * every subscription ends with {@link Subscription.CloseReason#STORE_CLOSED}. One that is paused, or whose executor
     * refuses, or that changes its principal from now on, ends at once and without a call. One with a limited demand
     * receives what it requests meanwhile; on the dispatcher, what it has requested by now. A snapshot that is not
     * complete is not continued. Closing twice does nothing more, but waits as well. Reads go on working.
     *
     * <p>Returns within the {@linkplain Builder#closeTimeout timeout}, whatever a listener does, and an interrupt
     * neither shortens the wait nor is lost. After that no call starts any more; what was not delivered by then is
     * logged and counted in {@link #health}, every {@link #flush} is settled, and every subscription has ended, except
     * that {@link Subscription#closed} waits for a call that is still running. Nothing is interrupted.
     *
     * <p>Called within a call of the store, it does not wait for itself: a listener, the handler of listener errors, or
     * a dependent of {@code flush()} gets back at once, and the store closes behind it. A thread on which an executor
     * of the host has called listeners of open subscriptions, or has run the empty task that {@code build} gives to the
     * {@linkplain Builder#listenerExecutor executor} of the store, does not wait for the subscriptions on that
     * executor, unless that has called listeners on other threads too: they may need this thread, so they receive what
     * is pending, and end, when the executor runs them, until the timeout. Any other thread of such an executor waits
     * until the timeout, since the store can't know of it. A listener that a caller-driven store calls on the closing
     * thread holds that thread.
     */
    @Override
    void close();

    /**
     * Collects the options of a store. Each may be set once.
     *
     * <p><b>Threads.</b> For one thread.
     */
    final class Builder {

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
        public static final int DEFAULT_HISTORY = 4096;

        /** The most steps that can be kept. */
        public static final int MAX_HISTORY = 65_536;

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

        private Builder() {}

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
        public Builder name(String name) {
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
        public Builder defaultTtl(Duration ttl) {
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
        public Builder maxTtl(Duration ttl) {
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
        public Builder tick(Duration tick) {
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
        public Builder maxPresences(int presences) {
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
        public Builder maxPresencesPerUser(int presences) {
            unset("maxPresencesPerUser", presencesPerUser);
            presencesPerUser = Checks.positive("maxPresencesPerUser", presences);
            return this;
        }

        /**
         * Sets how many subscriptions of one user may be open at once, those of publishers included. One more fails
         * with {@link PresenceException.Code#LIMIT_EXCEEDED}; so does {@link Subscription#principal} if the other user
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
        public Builder maxSubscriptionsPerUser(int subscriptions) {
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
        public Builder maxWritesPerSecondPerUser(int writes) {
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
        public Builder minTtl(Duration ttl) {
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
        public Builder scopeIdsByUser() {
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
        public Builder nanoClock(LongSupplier nanos) {
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
        public Builder index(String attribute) {
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
        public Builder wallClock(InstantSource wall) {
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
        public Builder onListenerError(BiConsumer<Subscription, Throwable> handler) {
            unset("onListenerError", onListenerError);
            onListenerError = Checks.notNull("onListenerError", handler);
            return this;
        }

        /**
         * Sets how many of the last steps are kept for subscriptions that
         * {@linkplain Subscription.Options#since return}. Default: 4,096. Each takes 60 bytes beside the presence as it
         * was before, which is kept with it; the total is limited by {@link #historyBytes}.
         *
         * @param steps from 0, for none, to 65,536
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         * @throws IllegalStateException if it was set already
         */
        public Builder history(int steps) {
            unset("history", history);
            if (steps < 0 || steps > MAX_HISTORY) {
                throw new IllegalArgumentException("history must be from 0 to " + MAX_HISTORY + ": " + steps);
            }
            history = steps;
            return this;
        }

        /**
         * Limits the bytes of heap that {@linkplain #history history} may take, as estimated. The oldest changes go
         * first, and a subscription that returns from before them starts over. Default: 16 MiB.
         *
         * @param bytes not negative; 0 for no history
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         * @throws IllegalStateException if it was set already
         */
        public Builder historyBytes(long bytes) {
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
        public Builder maxListenerThreads(int threads) {
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
        public Builder deliverUnchanged(boolean isDelivered) {
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
        public Builder closeTimeout(Duration timeout) {
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
        public Builder slowListenerThreshold(Duration threshold) {
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
        public Builder listenerExecutor(Executor executor) {
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
        public Builder threadFactory(ThreadFactory factory) {
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
        public Builder callerDriven() {
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
                    or(history, DEFAULT_HISTORY),
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
            Duration usual =
                    or(defaultTtl, Collections.max(List.of(least, Collections.min(List.of(DEFAULT_TTL, max)))));
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
        Builder operations(LongUnaryOperator scale) {
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
}
