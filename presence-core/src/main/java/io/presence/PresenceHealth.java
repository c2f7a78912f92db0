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
 * The condition of a store at one moment, for an operator or a health endpoint. A store is healthy if it
 * {@linkplain #isDispatching() dispatches}, if the {@linkplain #oldestUndispatched() oldest undispatched write} is
 * younger than the host tolerates, if no listener is {@linkplain #longRunningListeners() stuck}, and if the numbers of
 * {@linkplain #failures() failures} do not rise.
 *
 * <p><b>Guarantees.</b> Immutable. The values are read one at a time and are not a consistent snapshot.
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
    private final long unevaluatedSubscriptions;
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
        this.unevaluatedSubscriptions = builder.unevaluatedSubscriptions;
        this.lastFailedSubscription = builder.lastFailedSubscription;
        this.undeliveredSubscriptions = builder.undeliveredSubscriptions;
        this.undeliveredChanges = builder.undeliveredChanges;
    }

    /**
     * Returns a builder, for tests of code that uses this class.
     *
     * @return a builder for a store that dispatches and has had no failure
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns whether the store dispatches: it is not closed, and its thread runs or it is caller-driven. The value
     * remains true while a listener on the dispatcher is stuck, but then {@link #oldestUndispatched} rises.
     *
     * @return false after {@link PresenceStore#close} is called
     */
    public boolean isDispatching() {
        return dispatching;
    }

    /**
     * Returns the throwable of the failure that was counted last, of any kind.
     *
     * @return empty if there was none
     */
    public Optional<Throwable> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /**
     * Returns the number of failures since the store was built, by kind. Later versions can add kinds.
     *
     * <dl>
     * <dt>{@code CLOSE}<dd>{@code close()} timed out before everything was delivered
     * <dt>{@code COMMAND}<dd>a subscribe, resume, close or change of principal failed on the dispatcher
     * <dt>{@code DELIVERY}<dd>the delivery to a subscription failed outside of its listener
     * <dt>{@code DEPENDENT}<dd>a dependent of a future of the store threw
     * <dt>{@code DISPATCH}<dd>a duty cycle of the dispatcher threw
     * <dt>{@code ERROR_HANDLER}<dd>the host's handler of listener errors threw
     * <dt>{@code EXECUTOR}<dd>an executor rejected a task, or did not run an accepted one in time
     * <dt>{@code INTERRUPT}<dd>the thread of the dispatcher was interrupted by the host
     * <dt>{@code LISTENER}<dd>a listener threw
     * <dt>{@code LOCK_RULE}<dd>a rule of the host for locks, or its source of tokens, threw
     * <dt>{@code LOGGER}<dd>a log handler of the host threw
     * <dt>{@code LOSS}<dd>changes were lost for a subscription whose listener does not support resets
     * <dt>{@code THREAD_FACTORY}<dd>the host's thread factory threw or returned null
     * <dt>{@code TRANSPORT}<dd>the transport of the cluster threw, or a frame of another node could not be applied
     * </dl>
     *
     * @return an immutable map, without kinds that have not occurred
     */
    public Map<String, Long> failures() {
        return failures;
    }

    /**
     * Returns the age of the oldest write that is not dispatched. It rises while the dispatcher is stuck. While the
     * dispatcher is busy, the value can be too high by the duration of one pass over the undispatched writes.
     *
     * @return zero if every write is dispatched
     */
    public Duration oldestUndispatched() {
        return oldestUndispatched;
    }

    /**
     * Returns the subscriptions whose listener has been running for longer than
     * {@link PresenceStoreBuilder#slowListenerThreshold}. For listeners on the dispatcher, the time is measured from
     * the start of the duty cycle.
     *
     * @return a description of each, in no particular order
     */
    public List<String> longRunningListeners() {
        return longRunningListeners;
    }

    /**
     * Returns whether subscriptions wait for a thread of the store because all of them are in calls of listeners.
     *
     * @return always false if listeners run on an executor of the host
     */
    public boolean isThreadsShort() {
        return threadsShort;
    }

    /**
     * Returns the number of filter evaluations that the dispatcher has left to draining threads because the budget of
     * operations was spent.
     *
     * @return the number since the store was built
     */
    public long deferredEvaluations() {
        return deferredEvaluations;
    }

    /**
     * Returns the subscription whose filter evaluation was deferred last. If deferrals are frequent, its filter is the
     * first one to examine.
     *
     * @return its name, channel and principal; null if there was none, or if it is closed
     */
    public @Nullable String lastDeferred() {
        return lastDeferred;
    }

    /**
     * Returns a description of the open subscription whose deferred filter took the most operations in the last minute
     * or two, and this number of operations. If a duty cycle dispatches two or more changes, the deferred filters
     * include the one that spent the budget.
     *
     * @return null if no deferred filter was evaluated
     */
    public @Nullable String costliestFilter() {
        return costliestFilter;
    }

    /**
     * Returns the number of subscriptions with a pending change whose filter is not evaluated yet. Approximate while
     * the store is written to.
     *
     * @return the number of subscriptions for which an evaluation was deferred, and whose pending changes have not all
     *     been taken by the draining thread since
     */
    public long unevaluatedSubscriptions() {
        return unevaluatedSubscriptions;
    }

    /**
     * Returns the subscription that last failed outside of its listener, while it was matched, synchronized or drained.
     *
     * @return its name, channel and principal; null if none has failed
     */
    public @Nullable String lastFailedSubscription() {
        return lastFailedSubscription;
    }

    /**
     * Returns the number of subscriptions that had pending changes when the closing store ended them.
     *
     * @return 0 until the store is closed
     */
    public long undeliveredSubscriptions() {
        return undeliveredSubscriptions;
    }

    /**
     * Returns the number of changes that the closing store did not deliver, at most one for each subscription and
     * presence.
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
                + lastDeferred + ", costliestFilter=" + costliestFilter + ", unevaluatedSubscriptions="
                + unevaluatedSubscriptions
                + ", lastFailedSubscription=" + lastFailedSubscription + ", undeliveredSubscriptions="
                + undeliveredSubscriptions + ", undeliveredChanges=" + undeliveredChanges + "]";
    }

    /**
     * A builder of {@link PresenceHealth}.
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
        private long unevaluatedSubscriptions;
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
         * Sets the last failure.
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
         * Adds a subscription whose listener is running for long.
         *
         * @param description one element of {@link PresenceHealth#longRunningListeners}
         * @return this builder
         */
        public Builder longRunningListener(String description) {
            longRunningListeners.add(description);
            return this;
        }

        /**
         * Sets whether subscriptions wait for a thread of the store.
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
         * Sets the subscription with the most expensive deferred filter.
         *
         * @param description the value of {@link PresenceHealth#costliestFilter}, or null
         * @return this builder
         */
        public Builder costliestFilter(@Nullable String description) {
            costliestFilter = description;
            return this;
        }

        /**
         * Sets the number of subscriptions with a pending change whose filter is not evaluated yet.
         *
         * @param subscriptions not negative
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder unevaluatedSubscriptions(long subscriptions) {
            unevaluatedSubscriptions = Checks.notNegative("unevaluatedSubscriptions", subscriptions);
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
         * Sets the numbers of undelivered subscriptions and changes.
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
         * Sets the number of deferred evaluations.
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
         * Builds the value.
         *
         * @return the values that were set
         */
        public PresenceHealth build() {
            return new PresenceHealth(this);
        }
    }
}
