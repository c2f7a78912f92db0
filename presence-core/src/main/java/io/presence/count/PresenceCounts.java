package io.presence.count;

import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import java.util.List;

/**
 * The number of presences and of users for each value of an attribute, kept up to date by the dispatcher.
 *
 * <p>Counted are the presences that the principal can read and the filters match. {@code of(value).presences()} is the
 * number that {@code count(equal(attribute, value), filters)} returns once earlier writes are dispatched. A presence
 * whose value is null, a list or a map is not counted, as an index does not contain it. A value that no presence has
 * any more is forgotten, so what is kept is bounded by the number of presences.
 *
 * <p><b>Cost.</b> One or two changes of hash tables for each change of the attribute, none for other changes. About 250
 * bytes for each value, and 40 for each user of a value. Counts of equal attributes, filters and rights are shared.
 *
 * <p><b>Threads.</b> Safe for use by any thread. Reading takes no lock. The counts are those of the presences
 * dispatched last, and incomplete until a call of {@link io.presence.PresenceStore#delivered} after the start has
 * completed. They are not updated once this or the store is closed.
 */
public interface PresenceCounts extends AutoCloseable {

    /**
     * Returns the count of a value.
     *
     * @param value a string, boolean, number or {@link java.time.Instant}
     * @return the count, zero if no presence has the value
     * @throws IllegalArgumentException if it is NaN, a list, a map or another object, which is never counted
     */
    ValueCount of(Object value);

    /**
     * Returns the values with the most presences. Values with equally many are in their order: numbers before strings,
     * strings by code points.
     *
     * <p><b>Cost.</b> One visit of each value, of which {@code n} are kept. Weakly consistent: each count is exact at
     * some moment during the call.
     *
     * @param n the number of values to return at most, not negative
     * @return the counts, greatest first
     * @throws IllegalArgumentException if {@code n} is negative
     */
    List<ValueCount> top(int n);

    /**
     * Returns the number of values.
     *
     * @return the number of different values that presences have
     */
    int size();

    /**
     * Returns the number of presences that have a value.
     *
     * @return the sum over all values
     */
    int presences();

    /**
     * Returns the number of different users of these presences.
     *
     * @return a user with several values counts once
     */
    int users();

    /**
     * Subscribes to the counts: the count of each value is delivered, then {@link CountListener#onSynced}, then each
     * change. A resume token causes a reset. {@link Subscription#switchPrincipal} moves this one listener to the counts
     * of another principal, and {@link #close} of these counts leaves it.
     *
     * @param options the delivery options; a snapshot is delivered in any case
     * @param listener the callback
     * @return the running subscription
     * @throws IllegalArgumentException if {@code maxPending} or {@code resumeFrom} is set for a listener that does not
     *     override {@link CountListener#onReset}, and resets are not ignored
     * @throws io.presence.PresenceException {@code STORE_CLOSED}; {@code LIMIT_EXCEEDED} if
     *     {@link io.presence.PresenceStoreBuilder#maxSubscriptionsPerUser} or
     *     {@link io.presence.PresenceStoreBuilder#maxViews} is reached
     */
    Subscription subscribe(SubscriptionOptions options, CountListener listener);

    /** Closes these counts. Closing them again has no effect. Subscriptions to them continue. */
    @Override
    void close();
}
