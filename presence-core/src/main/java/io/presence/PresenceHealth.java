package io.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a store at one moment, for an operator or a health endpoint. A store is well if it
 * {@linkplain #isDispatching() dispatches}, the {@linkplain #oldestUndispatched() oldest write} is younger than the
 * host tolerates, no listener is {@linkplain #longRunningListeners() stuck}, and the {@linkplain #failures() counts} do
 * not rise.
 *
 * <p><b>Guarantees.</b> Immutable. The values are read one after the other, so they may be of slightly different
 * moments.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class PresenceHealth {

    private final boolean dispatching;
    private final @Nullable Throwable lastFailure;
    private final Map<String, Long> failures;
    private final Duration oldestUndispatched;
    private final List<String> longRunningListeners;
    private final boolean threadsShort;
    private final long deferredEvaluations;
    private final @Nullable String lastDeferred;
    private final @Nullable String costliestFilter;
    private final long openSubscriptions;
    private final @Nullable String lastFailedSubscription;
    private final long undeliveredSubscriptions;
    private final long undeliveredChanges;

    private PresenceHealth(Builder builder) {
        this.dispatching = builder.dispatching;
        this.lastFailure = builder.lastFailure;
        this.failures = Collections.unmodifiableMap(new TreeMap<>(builder.failures));
        this.oldestUndispatched = builder.oldestUndispatched;
        this.longRunningListeners = List.copyOf(builder.longRunningListeners);
        this.threadsShort = builder.threadsShort;
        this.deferredEvaluations = builder.deferredEvaluations;
        this.lastDeferred = builder.lastDeferred;
        this.costliestFilter = builder.costliestFilter;
        this.openSubscriptions = builder.openSubscriptions;
        this.lastFailedSubscription = builder.lastFailedSubscription;
        this.undeliveredSubscriptions = builder.undeliveredSubscriptions;
        this.undeliveredChanges = builder.undeliveredChanges;
    }

    /**
     * Starts building one: what a host needs to test its own use of it.
     *
     * @return a builder of a store that dispatches and to which nothing has happened
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns whether the store dispatches: its thread runs, or it is caller-driven, and it is not closed. A thread
     * that is stuck in a direct listener runs; {@link #oldestUndispatched} rises then.
     *
     * @return false once the store is closing
     */
    public boolean isDispatching() {
        return dispatching;
    }

    /**
     * Returns the throwable that was counted last, of whatever kind.
     *
     * @return empty if none was
     */
    public Optional<Throwable> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /**
     * Returns how many failures there have been since the store was made, by kind: {@code CLOSE}, {@code COMMAND},
     * {@code DELIVERY}, {@code DEPENDENT}, {@code DISPATCH}, {@code ERROR_HANDLER}, {@code EXECUTOR},
     * {@code INTERRUPT}, {@code LISTENER}, {@code LOGGER}, {@code LOSS}, {@code THREAD_FACTORY}. Others may come.
     *
     * @return a map that can't be changed, without kinds that have not occurred
     */
    public Map<String, Long> failures() {
        return failures;
    }

    /**
     * Returns the age of the oldest write that is not dispatched. It rises while the dispatcher is stuck. While the
     * dispatcher is busy it may be too high by the time that one pass over the pending writes takes.
     *
     * @return zero if every write is dispatched
     */
    public Duration oldestUndispatched() {
        return oldestUndispatched;
    }

    /**
     * Returns the subscriptions whose listener has been running for longer than
     * {@link PresenceStoreBuilder#slowListenerThreshold}. For direct listeners the time counts from the start of the
     * dispatcher's round.
     *
     * @return a description of each, in no order
     */
    public List<String> longRunningListeners() {
        return longRunningListeners;
    }

    /**
     * Returns whether subscriptions wait for one of the store's own threads, all of which are in calls of listeners.
     *
     * @return false if listeners run on an executor of the host
     */
    public boolean isThreadsShort() {
        return threadsShort;
    }

    /**
     * Returns how often a subscription's condition was not evaluated by the dispatcher, because a step had spent its
     * budget.
     *
     * @return the number since the store was made
     */
    public long deferredEvaluations() {
        return deferredEvaluations;
    }

    /**
     * Returns the channel, principal and name of the subscription whose condition was last left unevaluated by the
     * dispatcher: where to look first if that happens often.
     *
     * @return null if there was none, or it has been closed
     */
    public @Nullable String lastDeferred() {
        return lastDeferred;
    }

    /**
     * Returns the open subscription whose filter has taken most operations in the last one to two minutes, of those
     * that the dispatcher left unevaluated, with that number. The filter that makes a step costly is among them once a
     * round has a second step.
     *
     * @return null if no such filter was evaluated
     */
    public @Nullable String costliestFilter() {
        return costliestFilter;
    }

    /**
     * Returns how many subscriptions have pending changes for which their filter is still to be evaluated. Approximate
     * while the store is written to.
     *
     * @return the number of those for which a change was left unevaluated, and whose pending changes have not all been
     *     taken since
     */
    public long openSubscriptions() {
        return openSubscriptions;
    }

    /**
     * Returns the subscription that failed last outside of its listener: when it was matched, joined or delivered to.
     *
     * @return its name, channel and principal, or null if none failed
     */
    public @Nullable String lastFailedSubscription() {
        return lastFailedSubscription;
    }

    /**
     * Returns how many subscriptions the closing store ended while changes were pending for them.
     *
     * @return 0 until the store is closed
     */
    public long undeliveredSubscriptions() {
        return undeliveredSubscriptions;
    }

    /**
     * Returns how many changes the closing store did not deliver: at most one for each subscription and presence.
     *
     * @return 0 until the store is closed
     */
    public long undeliveredChanges() {
        return undeliveredChanges;
    }

    @Override
    public String toString() {
        return "PresenceHealth[dispatching=" + dispatching + ", lastFailure=" + lastFailure + ", failures=" + failures
                + ", oldestUndispatched=" + oldestUndispatched + ", longRunningListeners=" + longRunningListeners
                + ", threadsShort=" + threadsShort + ", deferredEvaluations=" + deferredEvaluations + ", lastDeferred="
                + lastDeferred + ", costliestFilter=" + costliestFilter + ", openSubscriptions=" + openSubscriptions
                + ", lastFailedSubscription=" + lastFailedSubscription + ", undeliveredSubscriptions="
                + undeliveredSubscriptions + ", undeliveredChanges=" + undeliveredChanges + "]";
    }

    /**
     * Collects the values of a {@link PresenceHealth}.
     *
     * <p><b>Threads.</b> For one thread.
     */
    public static final class Builder {

        private boolean dispatching = true;
        private @Nullable Throwable lastFailure;
        private Map<String, Long> failures = Map.of();
        private Duration oldestUndispatched = Duration.ZERO;
        private final List<String> longRunningListeners = new ArrayList<>();
        private boolean threadsShort;
        private long deferredEvaluations;
        private @Nullable String lastDeferred;
        private @Nullable String costliestFilter;
        private long openSubscriptions;
        private @Nullable String lastFailedSubscription;
        private long undeliveredSubscriptions;
        private long undeliveredChanges;

        private Builder() {}

        /**
         * Sets whether the store dispatches.
         *
         * @param is the value of {@link PresenceHealth#isDispatching}
         * @return this builder
         */
        public Builder dispatching(boolean is) {
            dispatching = is;
            return this;
        }

        /**
         * Sets what was thrown last.
         *
         * @param thrown the value of {@link PresenceHealth#lastFailure}, or null for none
         * @return this builder
         */
        public Builder lastFailure(@Nullable Throwable thrown) {
            lastFailure = thrown;
            return this;
        }

        /**
         * Sets the number of failures by kind.
         *
         * @param counts the value of {@link PresenceHealth#failures}
         * @return this builder
         */
        public Builder failures(Map<String, Long> counts) {
            failures = Map.copyOf(counts);
            return this;
        }

        /**
         * Sets the age of the oldest write that is not dispatched.
         *
         * @param age not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder oldestUndispatched(Duration age) {
            if (age.isNegative()) {
                throw new IllegalArgumentException("oldestUndispatched must not be negative: " + age);
            }
            oldestUndispatched = age;
            return this;
        }

        /**
         * Adds a subscription whose listener runs for long.
         *
         * @param description one element of {@link PresenceHealth#longRunningListeners}
         * @return this builder
         */
        public Builder longRunningListener(String description) {
            longRunningListeners.add(description);
            return this;
        }

        /**
         * Sets whether the store's own threads are short.
         *
         * @param are the value of {@link PresenceHealth#isThreadsShort}
         * @return this builder
         */
        public Builder threadsShort(boolean are) {
            threadsShort = are;
            return this;
        }

        /**
         * Sets the subscription whose evaluation was deferred last.
         *
         * @param description its channel, principal and name, or null
         * @return this builder
         */
        public Builder lastDeferred(@Nullable String description) {
            lastDeferred = description;
            return this;
        }

        /**
         * Sets the subscription whose unevaluated filter has cost most.
         *
         * @param description the value of {@link PresenceHealth#costliestFilter}, or null
         * @return this builder
         */
        public Builder costliestFilter(@Nullable String description) {
            costliestFilter = description;
            return this;
        }

        /**
         * Sets how many subscriptions have changes for which their filter is still to be evaluated.
         *
         * @param subscriptions not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder openSubscriptions(long subscriptions) {
            openSubscriptions = Checks.notNegative("openSubscriptions", subscriptions);
            return this;
        }

        /**
         * Sets the subscription that failed last.
         *
         * @param description the value of {@link PresenceHealth#lastFailedSubscription}, or null
         * @return this builder
         */
        public Builder lastFailedSubscription(@Nullable String description) {
            lastFailedSubscription = description;
            return this;
        }

        /**
         * Sets what the closing store did not deliver.
         *
         * @param subscriptions the value of {@link PresenceHealth#undeliveredSubscriptions}, not negative
         * @param changes the value of {@link PresenceHealth#undeliveredChanges}, not negative
         * @return this builder
         * @throws IllegalArgumentException if one is negative
         */
        public Builder undelivered(long subscriptions, long changes) {
            undeliveredSubscriptions = Checks.notNegative("subscriptions", subscriptions);
            undeliveredChanges = Checks.notNegative("changes", changes);
            return this;
        }

        /**
         * Sets how many evaluations were deferred.
         *
         * @param evaluations not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder deferredEvaluations(long evaluations) {
            deferredEvaluations = Checks.notNegative("deferredEvaluations", evaluations);
            return this;
        }

        /**
         * Builds it.
         *
         * @return the health that was described
         */
        public PresenceHealth build() {
            return new PresenceHealth(this);
        }
    }
}
