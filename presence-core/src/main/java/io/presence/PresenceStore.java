package io.presence;

import io.presence.internal.DefaultPresenceStore;
import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A store of presences in this JVM: the door of the library. As {@link Presences} it is the host's own, trusted view;
 * {@link #as} gives the view of a principal.
 *
 * <pre>{@code
 * try (PresenceStore store = PresenceStore.builder().build()) {
 *     Presences ada = store.as(Principal.user("ada").build());
 *     ada.subscribe(Channel.presences(), System.out::println, Query.equal("status", "online"));
 *     ada.upsert(PresenceUpsert.of("tab-1", "online").expiresIn(Duration.ofSeconds(30)));
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
 *   <li>Per presence and subscription, changes are told in order, as {@code ENTER UPDATE* EXIT}; writes that follow each
 *       other faster than the duty cycle goes round, or than the listener takes them, are merged into the latest.
 *   <li>Once the duty cycle and the listener have caught up, what a subscription with a snapshot has assembled is what {@code list} with
 *       the same filters returns, but for {@code expiresAt} as moved by heartbeats.
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
     * Returns the store as a principal may see and write it. Cheap: one per connection or per call are both fine.
     *
     * @param principal who is asking
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
     * Counts presences by status, as listeners were told last: one whose end is not dispatched yet counts. Costs by the
     * number of different statuses.
     *
     * @return a copy, without statuses that nobody has
     */
    Map<String, Long> statusCounts();

    /**
     * Does one round of the duty cycle of a caller-driven store. Each stage of a round does a bounded amount of work.
     *
     * @return how much was done; 0 if there was nothing to do, if called by a listener within a round, or if the store is
     *     closed or about to be
     * @throws IllegalStateException if the store has a thread of its own, or another thread is in a round
     */
    int doWork();

    /**
     * Tells when every write that returned before this call is dispatched: direct listeners have been told of it, and for
     * others it waits.
     *
     * @return completes, on the dispatcher, when the duty cycle has got there; at once if the store is closed
     */
    CompletionStage<Void> flush();

    /**
     * Refuses further writes and subscriptions, tells listeners what was written until now, and ends every subscription
     * with {@link Subscription.CloseReason#STORE_CLOSED}; one that is paused, or whose executor refuses, at once and
     * without telling it. One with a limited demand is told what it requests meanwhile; on the dispatcher, what it has
     * requested by now. A snapshot that is not at its end is told no further. Waits for that, unless called by a listener, but no longer than the
     * {@linkplain Builder#closeTimeout timeout}, after which no call starts any more. Closing twice does nothing. Reads go
     * on working.
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

        /** How long closing waits for listeners, unless said. */
        public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);

        private final Set<AttributePath> indexes = new LinkedHashSet<>();
        private @Nullable Duration defaultTtl;
        private @Nullable Duration maxTtl;
        private @Nullable Duration tick;
        private @Nullable Integer maxPresences;
        private @Nullable LongSupplier nanoClock;
        private @Nullable InstantSource wallClock;
        private @Nullable BiConsumer<Subscription, Throwable> onListenerError;
        private @Nullable Integer history;
        private @Nullable Duration closeTimeout;
        private @Nullable Executor listenerExecutor;
        private @Nullable ThreadFactory threads;
        private boolean callerDriven;

        private Builder() {}

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
         * Sets how many presences the store holds, those included whose end has yet to be told. Default: 1,000,000. An
         * upsert that would make one more fails with {@link PresenceException.Code#STORE_FULL}.
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
         * Sets how many of the last steps are kept for subscriptions that {@linkplain Subscription.Options#since return}.
         * Default: 4,096. Each takes some 60 bytes beside the presence as it was before, which is kept with it.
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
         * Sets how long {@link PresenceStore#close} waits for listeners to be told what was written. Default: 5 seconds.
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
         * Sets what calls the listeners of subscriptions that name no executor. Default: up to 4 daemon threads, which
         * start when needed; for a caller-driven store, whoever drives it.
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
         * Sets what makes the threads of the store: that of the duty cycle, and those that call listeners if there is no
         * {@linkplain #listenerExecutor executor} for it. Default: daemon threads.
         *
         * @param factory called by {@link #build}, and when a listener is to be called
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
         * @throws IllegalArgumentException if the default lifetime is beyond the maximum
         */
        public PresenceStore build() {
            Duration max = or(maxTtl, MAX_TTL);
            Duration usual = or(defaultTtl, DEFAULT_TTL.compareTo(max) < 0 ? DEFAULT_TTL : max);
            if (usual.compareTo(max) > 0) {
                throw new IllegalArgumentException("defaultTtl must be at most maxTtl, " + max + ": " + usual);
            }
            return DefaultPresenceStore.of(new DefaultPresenceStore.Settings(
                    usual,
                    max,
                    or(tick, DEFAULT_TICK),
                    or(maxPresences, DEFAULT_MAX_PRESENCES),
                    indexed(),
                    or(nanoClock, System::nanoTime),
                    or(wallClock, Clock.systemUTC()),
                    onListenerError,
                    or(history, DEFAULT_HISTORY),
                    or(closeTimeout, DEFAULT_CLOSE_TIMEOUT),
                    listenerExecutor,
                    callerDriven,
                    threads));
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
