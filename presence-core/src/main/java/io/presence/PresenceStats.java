package io.presence;

import java.time.Duration;

/**
 * The counters of a store at one moment. Those named by a past participle, and {@code resets} and
 * {@code listenerErrors}, count since the store was made; the others say how many there are.
 *
 * <p><b>Guarantees.</b> Each number is right once the store is at rest. While it is written to, numbers are read one
 * after the other, so that they may be of slightly different moments.
 *
 * @param presences presences that are held in memory, those included whose end is not told yet
 * @param subscriptions subscriptions that are running
 * @param events steps that were dispatched, each of which took a revision, whether or not anybody was told
 * @param coalesced writes that no change of their own was dispatched for: those to a presence that waited for the dispatcher
 *     already, and incarnations that ended before it delivered them
 * @param delivered events that were handed to listeners: one step may be many, or none
 * @param merged events that were waiting for a listener and became part of a later one about the same presence
 * @param annihilated presences that came and went again before a listener was told
 * @param deferred changes for which a subscription's filter was not evaluated when they were dispatched, since what the
 *     dispatcher may spend on queries was spent: the thread that drains the subscription evaluates it
 * @param resets times that a subscription started over because too much was waiting for it
 * @param listenerErrors calls to listeners that threw
 * @param rejected times that an executor refused to run a subscription
 * @param queued presences that were written and that the dispatcher has yet to look at
 * @param lag how long the dispatcher took to catch up: from the first write that it had not looked at, until it had
 *     looked at all of them
 * @param lateness how long after its deadline the end of a life was dispatched
 */
public record PresenceStats(
        long presences,
        long subscriptions,
        long events,
        long coalesced,
        long delivered,
        long merged,
        long annihilated,
        long deferred,
        long resets,
        long listenerErrors,
        long rejected,
        long queued,
        Latency lag,
        Latency lateness) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public PresenceStats {
        Checks.notNegative("presences", presences);
        Checks.notNegative("subscriptions", subscriptions);
        Checks.notNegative("events", events);
        Checks.notNegative("coalesced", coalesced);
        Checks.notNegative("delivered", delivered);
        Checks.notNegative("merged", merged);
        Checks.notNegative("annihilated", annihilated);
        Checks.notNegative("deferred", deferred);
        Checks.notNegative("resets", resets);
        Checks.notNegative("listenerErrors", listenerErrors);
        Checks.notNegative("rejected", rejected);
        Checks.notNegative("queued", queued);
        Checks.notNull("lag", lag);
        Checks.notNull("lateness", lateness);
    }

    /**
     * How long something took, all times taken together. All durations are zero if it never happened.
     *
     * @param count how often it happened
     * @param p50 what half of the times did not exceed: at most a sixteenth too high, never too low
     * @param p99 what 99 of 100 times did not exceed: at most a sixteenth too high, never too low
     * @param max the longest, exactly
     */
    public record Latency(long count, Duration p50, Duration p99, Duration max) {

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is negative, or {@code p50}, {@code p99} and {@code max} do not rise
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
        }
    }
}
