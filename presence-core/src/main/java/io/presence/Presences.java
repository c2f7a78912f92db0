package io.presence;

import io.presence.count.PresenceCounts;
import io.presence.lock.Locks;
import io.presence.query.Query;
import io.presence.session.NamedFilterListener;
import io.presence.session.NamedFilters;
import io.presence.user.UserListener;
import io.presence.user.UserSubscription;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The operations on presences, as one caller can perform them. {@link PresenceStore#as} returns the view of a
 * principal. The {@link PresenceStore} itself is the view of trusted code.
 *
 * <p><b>Permissions.</b> The owner can always read, update, touch and delete its presence. Other principals can do what
 * the presence's permissions grant to one of their roles. A presence that the principal cannot read is treated as
 * absent: lists and counts omit it, {@code get} returns null, {@code touch} and {@code delete} return false, and
 * {@code update} fails with {@link PresenceException.Code#NOT_FOUND}. An operation on a readable presence that is not
 * granted fails with {@link PresenceException.Code#DENIED}. A principal can grant only roles that it holds. Trusted
 * code is not restricted.
 *
 * <p><b>Expiry.</b> A presence is expired for every method from its deadline on, even if its end is not dispatched yet.
 * A heartbeat that returned true has extended the deadline. If a method has treated a presence as expired, no heartbeat
 * can revive it; a later upsert of its id begins a new incarnation.
 *
 * <p><b>Threads.</b> Safe for use by any thread, including the threads of listeners. {@code get} and the heartbeats,
 * {@code touch} and {@code touchAll}, take no lock. Each other write locks one presence at a time, for a short time. No
 * method waits for a listener.
 *
 * <p><b>Errors.</b> Each method fails with {@link PresenceException.Code#SCOPE_MISSING} if the principal lacks the
 * required scope. Writes and {@code subscribe} fail with {@link PresenceException.Code#STORE_CLOSED} after the store is
 * closed. {@code subscribe} fails with {@link PresenceException.Code#LIMIT_EXCEEDED} if
 * {@link PresenceStoreBuilder#maxSubscriptionsPerUser} is reached; a publisher passes this exception to {@code onError}
 * of the subscriber.
 */
public interface Presences {

    /**
     * Creates a presence, or replaces the presence of the same id. {@link PresenceUpsert} describes the effect of
     * omitted parts.
     *
     * <p><b>Cost.</b> One look-up, and the lock of this presence; for a new id, and for a changed value of an indexed
     * attribute, also that of one page of a table.
     *
     * @param upsert the complete presence
     * @return the presence as written, and whether the write created, replaced or did not change it
     * @throws IllegalArgumentException if trusted code names no owner, if the TTL exceeds the maximum of the store, if
     *     the deadline has passed, if a principal asks for a TTL below {@link PresenceStoreBuilder#minTtl}, or if the
     *     id begins with {@code ~lock:}, which is reserved for locks
     * @throws PresenceException {@code ID_UNAVAILABLE} if a presence of another user has the id; {@code DENIED} if a
     *     principal names another owner, grants a role that it does not hold, or
     *     {@linkplain PresenceStoreBuilder#scopeIdsByUser writes an id that is not its own}; {@code VERSION_CONFLICT}
     *     if the condition of the upsert does not hold; {@code STORE_FULL};
     *     {@code LIMIT_EXCEEDED} if {@link PresenceStoreBuilder#maxPresencesPerUser} or
     *     {@link PresenceStoreBuilder#maxWritesPerSecondPerUser} is reached
     */
    WriteResult upsert(PresenceUpsert upsert);

    /**
     * Makes several upserts, one after the other in the order of the collection. Each is made or refused as by
     * {@link #upsert}, whatever becomes of the others: they are not atomic together, and other writes can come between
     * them.
     *
     * <p><b>Cost.</b> That of the upserts. No lock is held from one to the next. The number of upserts is not limited;
     * {@link PresenceStoreBuilder#maxWritesPerSecondPerUser} counts each.
     *
     * @param upserts the complete presences; the collection is copied first
     * @return an immutable list with one attempt for each upsert, in the same order
     * @throws NullPointerException if an upsert is null; none is made
     * @throws PresenceException {@code SCOPE_MISSING} or {@code STORE_CLOSED} if none can be made
     */
    List<WriteResult.Attempt> upsertAll(Collection<PresenceUpsert> upserts);

    /**
     * Changes some fields of a presence.
     *
     * <p><b>Cost.</b> One look-up, and the lock of this presence; for a changed value of an indexed attribute also that
     * of one page of the index.
     *
     * @param id the id of the presence
     * @param patch the fields to change
     * @return the presence as written, and whether the write changed it
     * @throws IllegalArgumentException if the TTL exceeds the maximum of the store, if the deadline has passed, or if a
     *     principal asks for a TTL below {@link PresenceStoreBuilder#minTtl}, or if the metadata that results is too
     *     large
     * @throws PresenceException {@code NOT_FOUND} if there is no presence of this id that the caller can read;
     *     {@code DENIED} if the caller has no permission to update it, or grants a role that it does not hold;
     *     {@code VERSION_CONFLICT} if the presence does not have the version that the patch requires;
     *     {@code LIMIT_EXCEEDED} if {@link PresenceStoreBuilder#maxWritesPerSecondPerUser} is reached
     */
    WriteResult update(String id, PresencePatch patch);

    /**
     * Sends a heartbeat: extends the deadline to now plus the TTL set by the last write. Delivers no event.
     *
     * <p><b>Cost.</b> One look-up. Takes no lock and allocates nothing.
     *
     * @param id the id of the presence
     * @return false if there is no presence of this id that the caller can read
     * @throws PresenceException {@code DENIED} if the caller can read the presence but has no permission to update it
     */
    boolean touch(String id);

    /**
     * Sends a heartbeat with a TTL of its own: extends the deadline to now plus {@code ttl}, unless it is later
     * already. Later heartbeats without a TTL use the TTL of the last write again. Delivers no event.
     *
     * <p><b>Cost.</b> One look-up. Takes no lock and allocates nothing.
     *
     * @param id the id of the presence
     * @param ttl positive, at most {@link PresenceStoreBuilder#maxTtl}, and for a principal at least
     *     {@link PresenceStoreBuilder#minTtl}
     * @return false if there is no presence of this id that the caller can read
     * @throws IllegalArgumentException if {@code ttl} is out of range
     * @throws PresenceException {@code DENIED} if the caller can read the presence but has no permission to update it
     */
    boolean touch(String id, Duration ttl);

    /**
     * Sends a heartbeat to each of several presences: extends its deadline to now plus the TTL set by its last write.
     * Ids of presences that are absent, that the caller cannot read or that it has no permission to update are
     * skipped. An id that occurs twice counts twice. Delivers no event.
     *
     * <p><b>Cost.</b> One reading of the clock, and one look-up for each id. Takes no lock. Allocates nothing if the
     * ids are a list with {@linkplain java.util.RandomAccess random access}.
     *
     * @param ids the ids of the presences, without null
     * @return the number of ids that were not skipped. The deadline of each of these presences is at least one TTL
     *     after the time of this call
     */
    int touchAll(Collection<String> ids);

    /**
     * Reports activity of the user: the presence shows its written status again, if its
     * {@linkplain PresenceUpsert#idle idle ladder} shows another one, and the idle time starts again. Extends no
     * deadline. Has no effect on a presence without an idle ladder.
     *
     * <p><b>Cost.</b> One look-up and a lock of this presence. Delivers an event only if the status that is shown
     * changes; otherwise it allocates nothing.
     *
     * @param id the id of the presence
     * @return false if there is no presence of this id that the caller can read
     * @throws PresenceException {@code DENIED} if the caller can read the presence but has no permission to update it
     */
    boolean active(String id);

    /**
     * Returns a presence.
     *
     * <p><b>Cost.</b> One look-up. Takes no lock, and allocates only if a heartbeat has moved the deadline since the
     * last write.
     *
     * @param id the id of the presence
     * @return null if there is no presence of this id that the caller can read
     */
    @Nullable Presence get(String id);

    /**
     * Deletes a presence.
     *
     * <p><b>Cost.</b> One look-up, and the lock of this presence.
     *
     * @param id the id of the presence
     * @return false if there is no presence of this id that the caller can read
     * @throws PresenceException {@code DENIED} if the caller can read the presence but has no permission to delete it
     */
    boolean delete(String id);

    /**
     * Deletes a presence if it has a version.
     *
     * @param id the id of the presence
     * @param version the version that {@link Presence#version} returned
     * @return false if there is no presence of this id that the caller can read
     * @throws PresenceException {@code DENIED} if the caller can read the presence but has no permission to delete it;
     *     {@code VERSION_CONFLICT} if it has another version
     */
    boolean delete(String id, Version version);

    /**
     * Returns a page of the presences that match. The default order is by id. In any other order, ids break ties,
     * missing values come last, and only the first 256 characters of a string are compared.
     *
     * <p><b>Guarantees.</b> Weakly consistent: the page has each presence as it was at some moment during the call. One
     * reading of the clock decides for all presences whether they have expired.
     *
     * <p><b>Cost.</b> One pass over the candidates, and sorting of those that match. If an {@code equal} condition on
     * {@code $id}, {@code userId} or an {@linkplain PresenceStoreBuilder#index indexed} attribute must hold, the
     * candidates are the presences with one of its values. Otherwise they are all presences of the store.
     * {@link PresenceStore#explain} returns the choice.
     *
     * @param queries the filters, all of which must hold, and list options
     * @return the page, with the total number of matches in the same pass
     * @throws io.presence.query.QueryException if a query is not valid for presences; {@code LIMIT_EXCEEDED} for more
     *     than 8 orders; {@code NOT_ALLOWED} for a {@code select} of anything but {@code *}
     * @throws PresenceException {@code CURSOR_NOT_FOUND} if the cursor is an id and there is no presence of this id
     *     that the caller can read; {@code CURSOR_INVALID} if the cursor of a page was altered, or belongs to another
     *     store, principal, filter or order
     */
    PresencePage list(Query... queries);

    /**
     * Returns the number of presences that match.
     *
     * <p><b>Cost.</b> One pass over the candidates, as for {@link #list}.
     *
     * @param filters the filters, all of which must hold
     * @return the number of matching presences
     * @throws io.presence.query.QueryException if a query is not a filter, or is not valid for presences
     */
    long count(Query... filters);

    /**
     * Subscribes to a channel with the default options. Presences that are visible already are not delivered until they
     * change.
     *
     * @param channel the presences and actions to deliver
     * @param listener the callback
     * @param filters the filters, all of which must hold
     * @return the running subscription
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     */
    default Subscription subscribe(Channel channel, PresenceListener listener, Query... filters) {
        return subscribe(channel, SubscriptionOptions.defaults(), listener, filters);
    }

    /**
     * Subscribes to a channel. Every write that starts after this method has returned is delivered if it is visible.
     * Without a snapshot, a write during the call may count as one of the presences that are visible already.
     *
     * <p>A query of a subscription must be a filter, without order, limit or cursor. It must not use {@code expiresAt},
     * which heartbeats change without an event.
     *
     * <p><b>Cost.</b> The calling thread prepares the filter. The dispatcher adds it to the query index, in time linear
     * in its size.
     *
     * @param channel the presences and actions to deliver
     * @param options the delivery options
     * @param listener the callback
     * @param filters the filters, all of which must hold
     * @return the running subscription
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     * @throws IllegalArgumentException if a snapshot or {@code resumeFrom} is set for a channel of one action; if
     *     {@code maxPending} or {@code resumeFrom} is set for a listener that does not override
     *     {@link PresenceListener#onReset}, without {@link SubscriptionOptions#ignoreResets}
     */
    Subscription subscribe(Channel channel, SubscriptionOptions options, PresenceListener listener, Query... filters);

    /**
     * Subscribes to a channel with several named filters. The subscription has the presences that match at least one
     * name, and calls the listener once for each change, with the effect on each name that it concerns. Otherwise it is
     * like {@link #subscribe(Channel, SubscriptionOptions, PresenceListener, Query...)}: conflation, pending changes,
     * resets and changes of principal concern the listener as a whole. A resume token fits only the same named filters.
     *
     * <p><b>Cost.</b> That of one subscription with an {@code or} of all filters. In addition, the draining thread
     * evaluates the filter of each name for each delivered state.
     *
     * @param channel the presences and actions to deliver
     * @param options the delivery options
     * @param listener the callback
     * @param filters the filters, by name
     * @return the running subscription
     * @throws io.presence.query.QueryException if a filter is not valid for a subscription; {@code LIMIT_EXCEEDED} if
     *     the filters of all names together exceed {@link io.presence.query.QueryLimits#DEFAULT}
     * @throws IllegalArgumentException if a snapshot or {@code resumeFrom} is set for a channel of one action; if
     *     {@code maxPending} or {@code resumeFrom} is set for a listener that does not override
     *     {@link NamedFilterListener#onReset}, without {@link SubscriptionOptions#ignoreResets}
     */
    Subscription subscribe(
            Channel channel, SubscriptionOptions options, NamedFilterListener listener, NamedFilters filters);

    /**
     * Returns a channel as a reactive stream with the default options. Presences that are visible when a subscriber
     * subscribes are not delivered until they change.
     *
     * @param channel the presences and actions to deliver
     * @param filters the filters, all of which must hold
     * @return a publisher of events, for any number of subscribers
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     * @see #asPublisher(Channel, SubscriptionOptions, Query...)
     */
    default Flow.Publisher<PresenceEvent> asPublisher(Channel channel, Query... filters) {
        return asPublisher(channel, SubscriptionOptions.defaults(), filters);
    }

    /**
     * Returns a channel as a reactive stream ({@link Flow}; Reactive Streams 1.0.4). Each subscriber has a subscription
     * of its own, as {@link #subscribe} makes them. It exists when {@code onSubscribe} is called, with a demand of
     * zero. Every write that starts after this call is delivered if it is visible.
     *
     * <p><b>The stream delivers net changes.</b> While a subscriber has no demand, changes are pending and are
     * conflated to at most one for each presence: a thousand updates become one event, and a presence that entered and
     * exited is not delivered at all. Hence the memory for a slow subscriber is bounded by the number of presences that
     * it sees, and it always receives the final state. Two subscribers can receive different events that lead to the
     * same state.
     *
     * <p><b>Not available in a stream.</b> {@link PresenceListener#onSynced} and {@link PresenceListener#onReset} have
     * no counterpart. The ENTER events of {@linkplain SubscriptionOptions#withSnapshot a snapshot} are followed by live
     * events without a mark. Options that can cause a reset are refused: {@link SubscriptionOptions#maxPending} and
     * {@link SubscriptionOptions#resumeFrom}.
     *
     * <p><b>Signals.</b> {@code onSubscribe} is called first, on the subscribing thread. {@code onNext} is called on
     * the executor of the options, or of the store. A request from within {@code onNext} does not recurse. When the
     * store closes, {@linkplain PresenceStore#close requested events} are delivered, followed by {@code onComplete},
     * even if events without demand are still pending. {@code onError} is called for a subscriber that subscribes after
     * the store is closed ({@link PresenceException.Code#STORE_CLOSED}), and for one that requests fewer than one event
     * ({@link IllegalArgumentException}, rule 3.9): on the requesting thread, or after the running signal.
     *
     * <p><b>Cancelling.</b> After {@code cancel} has returned, no signal starts except one that the executor has
     * already begun. If {@code cancel} is called within {@code onNext}, no signal follows. The reference to the
     * subscriber is dropped immediately (rule 3.13). A subscriber that throws is cancelled, and the exception is passed
     * to {@link PresenceStoreBuilder#onListenerError}.
     *
     * <p><b>Cost.</b> The filter is prepared once. Creating the publisher makes no subscription.
     *
     * @param channel the presences and actions to deliver
     * @param options the delivery options, without {@code initialRequest}, since subscribers request events themselves
     * @param filters the filters, all of which must hold
     * @return a publisher of events, for any number of subscribers, usable until the store is closed
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     * @throws IllegalArgumentException if {@code maxPending}, {@code resumeFrom} or {@code initialRequest} is set, or a
     *     snapshot of a channel of one action is requested
     */
    Flow.Publisher<PresenceEvent> asPublisher(Channel channel, SubscriptionOptions options, Query... filters);

    /**
     * Subscribes to users, over all their devices and tabs. The users of the presences that are visible at the start
     * are delivered as ENTER events, then {@link UserListener#onSynced} is called, then each change follows: ENTER for
     * the first visible presence of a user, UPDATE when the merged user changes and only then, and EXIT when the last
     * one is no longer visible.
     *
     * <p><b>Cost.</b> One view for all subscriptions with equal filters and equal rights, which
     * {@link UserSubscription} describes. The dispatcher adds it as one subscription with a snapshot.
     *
     * @param options the delivery options; a snapshot is delivered in any case
     * @param listener the callback
     * @param filters the filters, all of which must hold, as for {@link #subscribe}
     * @return the running subscription
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     * @throws IllegalArgumentException if {@code maxPending} or {@code resumeFrom} is set for a listener that does not
     *     override {@link UserListener#onReset}, and resets are not ignored
     * @throws PresenceException {@code LIMIT_EXCEEDED} if {@link PresenceStoreBuilder#maxViews} is reached as well
     */
    UserSubscription users(SubscriptionOptions options, UserListener listener, Query... filters);

    /**
     * Counts presences and users for each value of an attribute, and keeps the counts up to date until they are closed.
     *
     * <p><b>Cost.</b> That of a subscription with a snapshot on the dispatcher, shared by all counts of equal
     * attributes, filters and rights.
     *
     * @param attribute {@code userId}, {@code status}, {@code source} or {@code metadata.<path>}
     * @param filters the filters, all of which must hold, as for {@link #subscribe}
     * @return the counts, which the caller must close
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     * @throws IllegalArgumentException if the attribute is another one
     * @throws PresenceException {@code LIMIT_EXCEEDED} if {@link PresenceStoreBuilder#maxViews} is reached
     */
    PresenceCounts counts(String attribute, Query... filters);

    /**
     * Returns the locks that this caller can read.
     *
     * @return a view, usable as long as the store
     * @throws IllegalStateException if the store has no {@link PresenceStoreBuilder#lockPolicy}
     */
    Locks locks();
}
