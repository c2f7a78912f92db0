package io.presence.lock;

import io.presence.Presence;
import io.presence.PresenceListener;
import io.presence.PresencePage;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import org.jspecify.annotations.Nullable;

/**
 * The locks of a store that one caller can read: who holds which one, and since when. Each lock is a presence with the
 * id {@value #ID_PREFIX} and the resource, the user that holds it, the status {@code locked}, and the metadata
 * {@code resource}, {@code token} and {@code since}. The token is text there, because a number of that size is not
 * exact in JavaScript.
 *
 * <p>These presences are visible here and nowhere else: lists, counts, subscriptions, user views and live counts of
 * {@link io.presence.Presences} never contain them. They are granted, renewed and ended by sessions alone.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public interface Locks {

    /** The beginning of the presence ids of locks. No other presence can have such an id. */
    String ID_PREFIX = "~lock:";

    /** The maximum length of the name of a resource, in characters. */
    int MAX_RESOURCE_LENGTH = 122;

    /**
     * Returns whether a token is the one of the present holder of a resource. During the grace of a closed session its
     * token is still the one.
     *
     * <p>The answer can be out of date as soon as it is returned, for example if the thread is paused before it writes.
     * Only a resource that remembers the greatest token that it has seen, and refuses smaller ones, is safe.
     *
     * <p><b>Cost.</b> One look-up.
     *
     * @param resource the name of the resource
     * @param token a token of {@link SoftLock#token}
     * @return false if the lock has ended, or was granted again since, or the caller cannot read it
     * @throws IllegalArgumentException if {@code resource} is not a name of a resource
     */
    boolean validate(String resource, long token);

    /**
     * Returns the lock of a resource.
     *
     * @param resource the name of the resource
     * @return null if no session holds it, or the caller cannot read it
     * @throws IllegalArgumentException if {@code resource} is not a name of a resource
     */
    @Nullable Presence get(String resource);

    /**
     * Returns a page of locks, as {@link io.presence.Presences#list} does for other presences.
     *
     * @param queries filters, orders, limits and cursors
     * @return the page
     * @throws io.presence.query.QueryException if a query is not valid for a list
     */
    PresencePage list(Query... queries);

    /**
     * Returns the number of locks that match.
     *
     * @param filters the filters, all of which must hold
     * @return the number
     * @throws io.presence.query.QueryException if a query is not a filter
     */
    long count(Query... filters);

    /**
     * Subscribes to locks, as {@link io.presence.Presences#subscribe} does to other presences: ENTER when a session is
     * granted a lock, EXIT when it ends. A released or stolen lock ends as DELETED. Revisions and resume tokens are
     * those of the locks.
     *
     * @param options the delivery options
     * @param listener the callback
     * @param filters the filters, for example {@code Query.equal("metadata.resource", "doc:42")}
     * @return the running subscription, which counts for the limit of its user
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     * @throws io.presence.PresenceException {@code SCOPE_MISSING}, {@code LIMIT_EXCEEDED}, {@code STORE_CLOSED}
     */
    Subscription subscribe(SubscriptionOptions options, PresenceListener listener, Query... filters);
}
