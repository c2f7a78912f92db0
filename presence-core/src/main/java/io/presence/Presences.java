package io.presence;

import io.presence.query.Query;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Presences as somebody may see and write them: a principal ({@link PresenceStore#as}), or the host's own trusted code
 * (the {@link PresenceStore} itself).
 *
 * <p><b>Permissions.</b> The owner may always read, update, touch and delete its own presence. Others may what the
 * presence's permissions grant to a role that they hold. What a principal may not read it can't find: it is absent
 * from lists and counts, {@code get} is null, {@code touch} and {@code delete} are false, {@code update} fails with
 * {@link PresenceException.Code#NOT_FOUND}. What it may read but not write fails with
 * {@link PresenceException.Code#DENIED}. It may grant only roles that it holds. Trusted code may everything.
 *
 * <p><b>Life and death.</b> A presence is dead from its deadline on, for every method at that very moment, whether or
 * not its end has been dispatched. A heartbeat that returned true is never lost, and what was once answered to be gone
 * is never revived: a later upsert begins a new life.
 *
 * <p><b>Threads.</b> Safe for use by any thread, listeners included. {@link #get} and {@link #touch(String)} take no
 * lock; other writes take one tiny lock per presence. No method waits for a listener.
 *
 * <p><b>Errors.</b> Each method fails with {@link PresenceException.Code#SCOPE_MISSING} without the scope it needs.
 * Writes and {@code subscribe} fail with {@link PresenceException.Code#STORE_CLOSED} once the store is closed.
 * {@code subscribe} fails with {@link PresenceException.Code#LIMIT_EXCEEDED} by
 * {@link PresenceStoreBuilder#maxSubscriptionsPerUser}; the subscriber of a publisher gets that as {@code onError}.
 */
public interface Presences {

    /**
     * Creates a presence, or replaces the one of that id. See {@link PresenceUpsert} for what omitted parts mean.
     *
     * @param upsert the whole presence as wanted
     * @return the presence as written
     * @throws IllegalArgumentException if trusted code names no owner, or the lifetime is beyond the store's maximum,
     *     over already, or for a principal below {@link PresenceStoreBuilder#minTtl}
     * @throws PresenceException {@code ID_UNAVAILABLE} if the id is held by another user, {@code DENIED} if a
     *     principal names another owner, grants a role that it does not hold or
     *     {@linkplain PresenceStoreBuilder#scopeIdsByUser writes an id that is not its own}, {@code STORE_FULL},
     *     {@code LIMIT_EXCEEDED} by {@link PresenceStoreBuilder#maxPresencesPerUser} or
     *     {@link PresenceStoreBuilder#maxWritesPerSecondPerUser}
     */
    Presence upsert(PresenceUpsert upsert);

    /**
     * Changes some fields of a presence.
     *
     * @param id which presence
     * @param patch the fields to change
     * @return the presence as written
     * @throws IllegalArgumentException if the lifetime is beyond the store's maximum, over already, or for a principal
     *     below {@link PresenceStoreBuilder#minTtl}
     * @throws PresenceException {@code NOT_FOUND} if there is none that the caller may read, {@code DENIED} if it may
     *     not update it or grants a role that it does not hold, {@code LIMIT_EXCEEDED} by
     *     {@link PresenceStoreBuilder#maxWritesPerSecondPerUser}
     */
    Presence update(String id, PresencePatch patch);

    /**
     * Keeps a presence alive: its lifetime starts anew, as long as the last write made it. Emits no event. Takes no
     * lock and allocates nothing.
     *
     * @param id which presence
     * @return false if there is none that the caller may read
     * @throws PresenceException {@code DENIED} if the caller may read but not update it
     */
    boolean touch(String id);

    /**
     * Keeps a presence alive for at least some time from now on; never shortens its life. Later heartbeats without a
     * lifetime go by that of the last write. As cheap as {@link #touch(String)}.
     *
     * @param id which presence
     * @param ttl positive, and at most the store's maximum
     * @return false if there is none that the caller may read
     * @throws IllegalArgumentException if {@code ttl} is out of range
     * @throws PresenceException {@code DENIED} if the caller may read but not update it
     */
    boolean touch(String id, Duration ttl);

    /**
     * Returns a presence. Takes no lock; allocates only if a heartbeat has moved the deadline since the last write.
     *
     * @param id which presence
     * @return null if there is none that the caller may read
     */
    @Nullable Presence get(String id);

    /**
     * Deletes a presence.
     *
     * @param id which presence
     * @return false if there is none that the caller may read
     * @throws PresenceException {@code DENIED} if the caller may read but not delete it
     */
    boolean delete(String id);

    /**
     * Returns a page of the presences that match. Without an order the page is by id; with one, ids break ties and
     * missing values come last; of strings the first 256 characters count. Weakly consistent: each presence is as it
     * was at some moment during the call, all judged dead or alive by one reading of the clock.
     *
     * <p>Cost: one pass, and sorting of what matches. The pass is over the presences that have one of the values of an
     * {@code equal} condition on {@code $id}, {@code userId} or an attribute with an index, if there is such a
     * condition ({@link PresenceStoreBuilder#index}, {@link PresenceStore#explain}); otherwise over the store.
     *
     * @param queries filters, all of which must hold, and list options
     * @return the page, and the total from the same pass
     * @throws io.presence.query.QueryException if a query is not valid for presences
     * @throws PresenceException {@code CURSOR_NOT_FOUND} if the cursor is an id and no presence that the caller may
     *     read, whether it is there or not; {@code CURSOR_INVALID} if it is the cursor of a page, and altered or of
     *     another store, principal, filter or order
     */
    PresencePage list(Query... queries);

    /**
     * Returns how many presences match. Cost: one pass, as for {@link #list}.
     *
     * @param filters all of which must hold
     * @return the number
     * @throws io.presence.query.QueryException if a query is not a filter, or not valid for presences
     */
    long count(Query... filters);

    /**
     * Listens to a channel with the default options: what is in sight already counts as known.
     *
     * @param channel which presences and actions
     * @param listener what to call
     * @param filters all of which must hold
     * @return the running subscription
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     */
    default Subscription subscribe(Channel channel, PresenceListener listener, Query... filters) {
        return subscribe(channel, SubscriptionOptions.defaults(), listener, filters);
    }

    /**
     * Listens to a channel. Every write made after this method has returned is told; a write made during the call may
     * or may not count as known. Queries may not order, page, or ask for {@code expiresAt}, which heartbeats move
     * without an event.
     *
     * @param channel which presences and actions
     * @param options how to start
     * @param listener what to call
     * @param filters all of which must hold
     * @return the running subscription
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     * @throws IllegalArgumentException if a snapshot is asked of a channel of one action
     */
    Subscription subscribe(Channel channel, SubscriptionOptions options, PresenceListener listener, Query... filters);

    /**
     * Offers a channel as a reactive stream with the default options: what is in sight when somebody subscribes already
     * counts as known.
     *
     * @param channel which presences and actions
     * @param filters all of which must hold
     * @return a publisher of events, for any number of subscribers
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     * @see #asPublisher(Channel, Subscription.SubscriptionOptions, Query...)
     */
    default Flow.Publisher<PresenceEvent> asPublisher(Channel channel, Query... filters) {
        return asPublisher(channel, SubscriptionOptions.defaults(), filters);
    }

    /**
     * Offers a channel as a reactive stream ({@link Flow}; Reactive Streams 1.0.4), for libraries that take one. Making
     * the publisher costs nothing; each of its subscribers gets a subscription of its own, as {@link #subscribe} makes
     * them, which is in place when {@code onSubscribe} is called and has requested nothing. Every write made from then
     * on is told.
     *
     * <p><b>What is told is net state, not a log.</b> While a subscriber requests nothing, what changes waits, at most
     * one change per presence: a thousand updates become one event, and a presence that came and went is not told at
     * all. So what a slow subscriber costs is bounded by the presences that it sees, and it is always told the final
     * state. Two subscribers may see different events; what they assemble is the same.
     *
     * <p><b>What a stream can't say.</b> {@link PresenceListener#onSynced} and {@link PresenceListener#onReset} are no
     * signals of it. After {@linkplain SubscriptionOptions#withSnapshot a snapshot's} ENTER events the live ones
     * follow without a mark. What may have to start over is refused:
     * {@linkplain SubscriptionOptions#maxPending a limit} on what waits, and
     * {@linkplain SubscriptionOptions#resumeFrom going on} from somewhere.
     *
     * <p><b>Signals.</b> {@code onSubscribe} comes first, on the thread that subscribes. {@code onNext} is called on
     * the options' executor, or the store's own; requests made from within it never recurse. When the store closes,
     * what is requested {@linkplain PresenceStore#close meanwhile} is told, then {@code onComplete}, whether or not
     * something still waits. {@code onError} is told to who subscribes once the store is closed
     * ({@link PresenceException.Code#STORE_CLOSED}), and to who requests less than one event
     * ({@link IllegalArgumentException}, rule 3.9): on the requesting thread, or after the signal that is running.
     *
     * <p><b>Cancelling.</b> No signal starts after {@code cancel} has returned, but for one that the executor has
     * committed to; from within {@code onNext}, none does. The subscriber is let go of at once. One that throws is
     * cancelled, and what it threw is reported to {@link PresenceStoreBuilder#onListenerError}.
     *
     * @param channel which presences and actions
     * @param options how to start, and what calls the subscribers. Demand is theirs to say
     * @param filters all of which must hold
     * @return a publisher of events, for any number of subscribers, good for as long as the store
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     * @throws IllegalArgumentException if {@code maxPending}, {@code resumeFrom} or {@code initialRequest} is asked, or a snapshot
     *     of a channel of one action
     */
    Flow.Publisher<PresenceEvent> asPublisher(Channel channel, SubscriptionOptions options, Query... filters);
}
