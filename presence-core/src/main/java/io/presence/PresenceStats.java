package io.presence;

import java.time.Duration;
import java.util.Objects;

/**
 * The counters of a store at one moment. {@link #presences}, {@link #subscriptions}, {@link #sessions} and
 * {@link #queued} are current numbers. The others have counted since the store was built.
 *
 * <p><b>Guarantees.</b> Immutable. Each number is exact while the store is idle. While the store is written to, the
 * counters are read one at a time and are not a consistent snapshot.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class PresenceStats {

    private final long presences;
    private final long subscriptions;
    private final long sessions;
    private final long events;
    private final long coalesced;
    private final long delivered;
    private final long conflated;
    private final long cancelledOut;
    private final long deferred;
    private final long resets;
    private final long listenerErrors;
    private final long executorRejections;
    private final long queued;
    private final Lists lists;
    private final Latency dispatchLag;
    private final Latency expiryLateness;

    private PresenceStats(Builder builder) {
        this.presences = builder.presences;
        this.subscriptions = builder.subscriptions;
        this.sessions = builder.sessions;
        this.events = builder.events;
        this.coalesced = builder.coalesced;
        this.delivered = builder.delivered;
        this.conflated = builder.conflated;
        this.cancelledOut = builder.cancelledOut;
        this.deferred = builder.deferred;
        this.resets = builder.resets;
        this.listenerErrors = builder.listenerErrors;
        this.executorRejections = builder.executorRejections;
        this.queued = builder.queued;
        this.lists = builder.lists;
        this.dispatchLag = builder.dispatchLag;
        this.expiryLateness = builder.expiryLateness;
    }

    /**
     * Returns a builder, for tests of code that uses this class.
     *
     * @return a builder in which every number is zero
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the number of presences in memory, including those whose end is not dispatched yet.
     *
     * @return not negative
     */
    public long presences() {
        return presences;
    }

    /**
     * Returns the number of open subscriptions.
     *
     * @return not negative
     */
    public long subscriptions() {
        return subscriptions;
    }

    /**
     * Returns the number of open sessions.
     *
     * @return not negative
     */
    public long sessions() {
        return sessions;
    }

    /**
     * Returns the number of dispatched changes since the store was built. Each has taken a revision, even if no
     * subscription sees it.
     *
     * @return not negative
     */
    public long events() {
        return events;
    }

    /**
     * Returns the number of writes without a dispatched change of their own. These are writes to a presence that was
     * already queued for the dispatcher, and writes of incarnations that ended before they were dispatched.
     *
     * @return not negative
     */
    public long coalesced() {
        return coalesced;
    }

    /**
     * Returns the number of events delivered to listeners. One change can cause many events, or none.
     *
     * @return not negative
     */
    public long delivered() {
        return delivered;
    }

    /**
     * Returns the number of pending events that were replaced by a later one about the same presence.
     *
     * @return not negative
     */
    public long conflated() {
        return conflated;
    }

    /**
     * Returns the number of presences that entered and exited again while both events were pending.
     *
     * @return not negative
     */
    public long cancelledOut() {
        return cancelledOut;
    }

    /**
     * Returns the number of filter evaluations that the dispatcher has left to draining threads because its budget was
     * spent.
     *
     * @return not negative
     */
    public long deferred() {
        return deferred;
    }

    /**
     * Returns the number of resets of subscriptions, for any of the reasons of {@link PresenceListener#onReset}.
     *
     * @return not negative
     */
    public long resets() {
        return resets;
    }

    /**
     * Returns the number of listener calls that threw.
     *
     * @return not negative
     */
    public long listenerErrors() {
        return listenerErrors;
    }

    /**
     * Returns the number of tasks that an executor rejected.
     *
     * @return not negative
     */
    public long executorRejections() {
        return executorRejections;
    }

    /**
     * Returns the number of written presences that the dispatcher has yet to capture.
     *
     * @return not negative
     */
    public long queued() {
        return queued;
    }

    /**
     * Returns the calls of {@link Presences#list} and {@link Presences#count}, and the presences that they examined. A
     * large share of {@linkplain Lists#fullScans full scans} is a hint to declare an
     * {@linkplain PresenceStoreBuilder#index index}; {@link PresenceStore#explain} returns the reason for one query.
     *
     * @return the numbers since the store was built
     */
    public Lists lists() {
        return lists;
    }

    /**
     * Returns the distribution of the dispatch lag: the time from the first write that the dispatcher had not captured
     * until the dispatcher had captured all.
     *
     * @return a distribution without measurements if nothing was dispatched
     */
    public Latency dispatchLag() {
        return dispatchLag;
    }

    /**
     * Returns the distribution of the time from a deadline to the dispatch of the expiry.
     *
     * @return a distribution without measurements if nothing has expired
     */
    public Latency expiryLateness() {
        return expiryLateness;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PresenceStats that
                && presences == that.presences
                && subscriptions == that.subscriptions
                && sessions == that.sessions
                && events == that.events
                && coalesced == that.coalesced
                && delivered == that.delivered
                && conflated == that.conflated
                && cancelledOut == that.cancelledOut
                && deferred == that.deferred
                && resets == that.resets
                && listenerErrors == that.listenerErrors
                && executorRejections == that.executorRejections
                && queued == that.queued
                && lists.equals(that.lists)
                && dispatchLag.equals(that.dispatchLag)
                && expiryLateness.equals(that.expiryLateness);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                presences,
                subscriptions,
                sessions,
                events,
                coalesced,
                delivered,
                conflated,
                cancelledOut,
                deferred,
                resets,
                listenerErrors,
                executorRejections,
                queued,
                lists,
                dispatchLag,
                expiryLateness);
    }

    @Override
    public String toString() {
        return "PresenceStats[presences=" + presences + ", subscriptions=" + subscriptions
                + ", sessions=" + sessions + ", events=" + events
                + ", coalesced=" + coalesced + ", delivered=" + delivered + ", conflated=" + conflated
                + ", cancelledOut=" + cancelledOut + ", deferred=" + deferred + ", resets=" + resets
                + ", listenerErrors=" + listenerErrors + ", executorRejections=" + executorRejections + ", queued="
                + queued + ", lists=" + lists + ", dispatchLag=" + dispatchLag + ", expiryLateness=" + expiryLateness
                + "]";
    }

    /**
     * The distribution of a duration over all its measurements. All durations are zero if there was no measurement.
     *
     * @param count the number of measurements
     * @param p50 the median; at most a sixteenth too high, never too low
     * @param p99 the 99th percentile; at most a sixteenth too high, never too low
     * @param max the longest measurement, exact
     * @param recentMax the longest measurement of the present minute and the minute before, by the monotonic clock of
     *     the store; zero if there was none
     */
    public record Latency(long count, Duration p50, Duration p99, Duration max, Duration recentMax) {

        private static final Latency NONE = new Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if a number is negative, or {@code p50}, {@code p99} and {@code max} are not
         *     in ascending order, or {@code recentMax} is greater than {@code max}
         */
        public Latency {
            Checks.notNegative("count", count);
            if (p50.isNegative()) {
                throw new IllegalArgumentException("p50 must not be negative: " + p50);
            }
            if (p99.compareTo(p50) < 0) {
                throw new IllegalArgumentException("p99 must be at least p50: " + p99);
            }
            if (max.compareTo(p99) < 0) {
                throw new IllegalArgumentException("max must be at least p99: " + max);
            }
            if (recentMax.isNegative()) {
                throw new IllegalArgumentException("recentMax must not be negative: " + recentMax);
            }
            if (recentMax.compareTo(max) > 0) {
                throw new IllegalArgumentException("recentMax must be at most max, " + max + ": " + recentMax);
            }
        }
    }

    /**
     * The calls of {@code list} and {@code count}.
     *
     * @param count the number of calls that were answered
     * @param fullScans those that examined every presence of the store because no index served them, or because they
     *     had no filter
     * @param examined the number of presences that the calls examined, in memory, including ended ones whose end was
     *     not dispatched yet
     * @param scanned those that full scans examined
     */
    public record Lists(long count, long fullScans, long examined, long scanned) {

        private static final Lists NONE = new Lists(0, 0, 0, 0);

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if a number is negative, or a part is greater than its whole
         */
        public Lists {
            if (Checks.notNegative("fullScans", fullScans) > count) {
                throw new IllegalArgumentException("fullScans must be at most count, " + count + ": " + fullScans);
            }
            if (Checks.notNegative("scanned", scanned) > examined) {
                throw new IllegalArgumentException("scanned must be at most examined, " + examined + ": " + scanned);
            }
        }
    }

    /**
     * A builder of {@link PresenceStats}. The parameter of each method has the rule of the accessor of the same name.
     *
     * <p><b>Threads.</b> For one thread.
     */
    public static final class Builder {

        private long presences;
        private long subscriptions;
        private long sessions;
        private long events;
        private long coalesced;
        private long delivered;
        private long conflated;
        private long cancelledOut;
        private long deferred;
        private long resets;
        private long listenerErrors;
        private long executorRejections;
        private long queued;
        private Lists lists = Lists.NONE;
        private Latency dispatchLag = Latency.NONE;
        private Latency expiryLateness = Latency.NONE;

        private Builder() {}

        /**
         * Sets {@link PresenceStats#presences}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder presences(long number) {
            presences = Checks.notNegative("presences", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#subscriptions}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder subscriptions(long number) {
            subscriptions = Checks.notNegative("subscriptions", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#sessions}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder sessions(long number) {
            sessions = Checks.notNegative("sessions", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#events}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder events(long number) {
            events = Checks.notNegative("events", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#coalesced}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder coalesced(long number) {
            coalesced = Checks.notNegative("coalesced", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#delivered}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder delivered(long number) {
            delivered = Checks.notNegative("delivered", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#conflated}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder conflated(long number) {
            conflated = Checks.notNegative("conflated", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#cancelledOut}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder cancelledOut(long number) {
            cancelledOut = Checks.notNegative("cancelledOut", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#deferred}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder deferred(long number) {
            deferred = Checks.notNegative("deferred", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#resets}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder resets(long number) {
            resets = Checks.notNegative("resets", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#listenerErrors}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder listenerErrors(long number) {
            listenerErrors = Checks.notNegative("listenerErrors", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#executorRejections}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder executorRejections(long number) {
            executorRejections = Checks.notNegative("executorRejections", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#queued}.
         *
         * @param number not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder queued(long number) {
            queued = Checks.notNegative("queued", number);
            return this;
        }

        /**
         * Sets {@link PresenceStats#lists}.
         *
         * @param numbers the calls
         * @return this builder
         */
        public Builder lists(Lists numbers) {
            lists = Checks.notNull("lists", numbers);
            return this;
        }

        /**
         * Sets {@link PresenceStats#dispatchLag}.
         *
         * @param latency the distribution
         * @return this builder
         */
        public Builder dispatchLag(Latency latency) {
            dispatchLag = Checks.notNull("dispatchLag", latency);
            return this;
        }

        /**
         * Sets {@link PresenceStats#expiryLateness}.
         *
         * @param latency the distribution
         * @return this builder
         */
        public Builder expiryLateness(Latency latency) {
            expiryLateness = Checks.notNull("expiryLateness", latency);
            return this;
        }

        /**
         * Builds the stats.
         *
         * @return the values that were set
         */
        public PresenceStats build() {
            return new PresenceStats(this);
        }
    }
}
