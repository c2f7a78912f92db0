package io.presence.session;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceListener;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.WriteResult;
import io.presence.lock.Locks;
import io.presence.lock.SoftLock;
import io.presence.query.Query;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One connection, tab or device of a user. The presences that it writes end with it, and a connection that is late
 * can neither extend nor end those that a newer one has taken over.
 *
 * <pre>{@code
 * try (PresenceStore store = PresenceStore.builder().build();
 *         PresenceSession session = store.open(Principal.user("ada").build())) {
 *     session.upsert(PresenceUpsert.of("tab-1", "online").expiresIn(Duration.ofSeconds(30)));
 *     session.touch(); // every ten seconds
 * }
 * }</pre>
 *
 * <p><b>Holding.</b> The session that upserts a presence holds it. It alone holds it from then on, even if the upsert
 * changes nothing. An upsert that is {@linkplain PresenceUpsert#shared shared} adds the session to those that hold the
 * presence. Writes outside sessions, by trusted code or by {@link io.presence.PresenceStore#as}, leave the holders,
 * except an upsert that is {@linkplain PresenceUpsert#unheld unheld}: no session holds the presence then. A presence
 * that is deleted or expires is no longer held.
 *
 * <p><b>Fencing.</b> {@link #update}, {@link #touch(String)} and {@link #delete} of a presence that this session does
 * not hold fail with {@link io.presence.PresenceException.Code#FENCED} and change nothing. {@link #touch()},
 * {@link #active()} and {@link #close()} skip it. If there is no presence of the id that the principal can read, the
 * result is as in {@link io.presence.Presences}.
 *
 * <p><b>End.</b> {@link #close()} ends each presence that only this session holds, as
 * {@link io.presence.PresenceEvent.Cause#DISCONNECTED}. A session that is not closed, for example because its node has
 * crashed, leaves its presences to expire one TTL after the last heartbeat.
 *
 * <p><b>Threads.</b> Safe for use by any thread. Writes and heartbeats of one session run one after the other. No
 * method waits for a listener or for another session.
 *
 * <p><b>Errors.</b> As in {@link io.presence.Presences}. Each method except {@code close}, {@link #isOpen} and {@link
 * #principal} fails with {@link io.presence.PresenceException.Code#SESSION_CLOSED} after the session is closed.
 */
public interface PresenceSession extends AutoCloseable {

    /**
     * Returns the caller of this session.
     *
     * @return the principal that the session was opened with or has last switched to
     */
    Principal principal();

    /**
     * Returns whether this session is open.
     *
     * @return false from the first call of {@code close} on
     */
    boolean isOpen();

    /**
     * Creates or replaces a presence, as {@link io.presence.Presences#upsert} does. This session then holds it, unless
     * the upsert is {@linkplain PresenceUpsert#unheld unheld}.
     *
     * <p>If a former session of the same user was closed with a grace that is not over, the presence continues with the
     * TTL of this upsert: an UPDATE is delivered, or nothing if the upsert changes nothing.
     *
     * @param upsert the complete presence
     * @return the presence as written, and the outcome
     * @throws IllegalArgumentException as {@link io.presence.Presences#upsert}
     * @throws io.presence.PresenceException as {@link io.presence.Presences#upsert}; {@code LIMIT_EXCEEDED} also if
     *     16 sessions hold a presence that is {@linkplain PresenceUpsert#shared shared}
     */
    WriteResult upsert(PresenceUpsert upsert);

    /**
     * Changes some fields of a presence that this session holds, as {@link io.presence.Presences#update} does.
     *
     * @param id the id of the presence
     * @param patch the fields to change
     * @return the presence as written, and the outcome
     * @throws IllegalArgumentException as {@link io.presence.Presences#update}
     * @throws io.presence.PresenceException as {@link io.presence.Presences#update}; {@code FENCED}
     */
    WriteResult update(String id, PresencePatch patch);

    /**
     * Sends a heartbeat to every presence that this session holds: extends its deadline to now plus the TTL of its last
     * write. Presences that have ended or that another session has taken over are skipped. Delivers no event. The locks
     * of this session are renewed as well; they are not counted.
     *
     * <p><b>Cost.</b> One reading of the clock, and no look-up. Allocates nothing.
     *
     * @return the number of presences that this session holds
     */
    int touch();

    /**
     * Sends a heartbeat to one presence that this session holds.
     *
     * @param id the id of the presence
     * @return false if there is no presence of this id that the principal can read
     * @throws io.presence.PresenceException {@code FENCED}
     */
    boolean touch(String id);

    /**
     * Reports activity of the user for every presence that this session holds, as {@link io.presence.Presences#active}
     * does. Presences that have ended or that another session has taken over are skipped. Extends no deadline.
     *
     * <p><b>Cost.</b> One reading of the clock, no look-up, and a lock of each presence. Allocates nothing unless the
     * status that is shown changes.
     *
     * @return the number of presences that this session holds
     */
    int active();

    /**
     * Deletes a presence that this session holds, even if other sessions hold it as well. Its end is
     * {@link io.presence.PresenceEvent.Cause#DELETED}.
     *
     * @param id the id of the presence
     * @return false if there is no presence of this id that the principal can read
     * @throws io.presence.PresenceException {@code FENCED}
     */
    boolean delete(String id);

    /**
     * Subscribes to a channel with the default options, until this session is closed.
     *
     * @param channel the presences and actions to deliver
     * @param listener the callback
     * @param filters the filters, all of which must hold
     * @return the running subscription
     * @see #subscribe(Channel, SubscriptionOptions, PresenceListener, Query...)
     */
    default Subscription subscribe(Channel channel, PresenceListener listener, Query... filters) {
        return subscribe(channel, SubscriptionOptions.defaults(), listener, filters);
    }

    /**
     * Subscribes to a channel, as {@link io.presence.Presences#subscribe(Channel, SubscriptionOptions,
     * PresenceListener, Query...)} does, until this session is closed. The subscription is paused, resumed and switched
     * to another principal together with the session. It can be closed before.
     *
     * @param channel the presences and actions to deliver
     * @param options the delivery options
     * @param listener the callback
     * @param filters the filters, all of which must hold
     * @return the running subscription, which is paused if the session is
     * @throws IllegalArgumentException as for a subscription of the store
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     * @throws io.presence.PresenceException {@code SCOPE_MISSING}, {@code LIMIT_EXCEEDED}
     */
    Subscription subscribe(Channel channel, SubscriptionOptions options, PresenceListener listener, Query... filters);

    /**
     * Subscribes one listener to a channel with several named filters, as {@link
     * io.presence.Presences#subscribe(Channel, SubscriptionOptions, NamedFilterListener, NamedFilters)} does, until
     * this session is closed.
     *
     * @param channel the presences and actions to deliver
     * @param options the delivery options
     * @param listener the callback, which is called once for each change
     * @param filters the filters and their names
     * @return the running subscription, which is paused if the session is
     * @throws IllegalArgumentException as for a subscription of the store
     * @throws io.presence.query.QueryException if a filter is not valid for a subscription
     * @throws io.presence.PresenceException {@code SCOPE_MISSING}, {@code LIMIT_EXCEEDED}
     */
    Subscription subscribe(
            Channel channel, SubscriptionOptions options, NamedFilterListener listener, NamedFilters filters);

    /**
     * Locks a resource if no session holds it and none waits for it. This session then holds the lock: {@link #touch()}
     * renews it, and it ends with the session, after the grace if there is one. Within the grace, another session of
     * the same user is granted the lock with a new token. A lock is not reentrant: a session that holds it is refused
     * as well.
     *
     * @param resource the name of the resource, 1 to {@value Locks#MAX_RESOURCE_LENGTH} characters of an id, which does
     *     not end in a dot and the name of an action
     * @param readPermissions the permissions to see who holds the lock, all of type {@code READ}; the user of this
     *     session always can
     * @return the lock, or empty if it is not free
     * @throws IllegalArgumentException if an argument is invalid
     * @throws io.presence.PresenceException {@code DENIED} if the lock policy refuses, or the principal does not hold a
     *     role that it grants; {@code SCOPE_MISSING}; {@code LIMIT_EXCEEDED} if the user has {@code maxLocksPerUser}
     *     locks; {@code STORE_FULL}
     */
    Optional<SoftLock> tryLock(String resource, Permission... readPermissions);

    /**
     * Locks a resource as soon as no session holds it. Sessions that wait for one resource are granted its lock in the
     * order of their calls. No thread waits: the store grants the lock in a duty cycle, at most one tick after a lease
     * of the former holder has ended.
     *
     * <p>The lock policy is asked once, by this call. The stage completes on a thread of the executor of the store, or
     * on the dispatcher if it has none; a dependent must not block there. To stop waiting, cancel
     * {@code toCompletableFuture()} of the stage. A lock that is granted at the same moment is released again.
     *
     * @param resource the name of the resource, as for {@link #tryLock}
     * @param timeout the longest time to wait, by the clock of the store; positive and at most 30 days
     * @param readPermissions as for {@link #tryLock}
     * @return completes with the lock; or exceptionally with a {@link java.util.concurrent.TimeoutException}, or a
     *     {@link io.presence.PresenceException}: {@code SESSION_CLOSED}, {@code DRAINING} or {@code STORE_CLOSED} if
     *     one of these ends the wait, otherwise as {@link #tryLock} throws
     * @throws IllegalArgumentException if an argument is invalid
     * @throws io.presence.PresenceException as {@link #tryLock}; {@code LIMIT_EXCEEDED} also if the user waits for
     *     {@code maxLocksPerUser} locks, or 128 sessions wait for this one
     */
    CompletionStage<SoftLock> lock(String resource, Duration timeout, Permission... readPermissions);

    /**
     * Locks a resource even if another session holds it, provided that the rule of the host permits it
     * ({@link io.presence.PresenceStoreBuilder#stealRule}). The former holder has lost the lock when this method
     * returns. Sessions that wait continue to wait.
     *
     * @param resource the name of the resource, as for {@link #tryLock}
     * @param readPermissions as for {@link #tryLock}
     * @return the lock; empty if the rule refuses, if the holder has changed meanwhile, or if it is free and another
     *     session waits for it
     * @throws IllegalArgumentException if an argument is invalid
     * @throws io.presence.PresenceException as {@link #tryLock}
     */
    Optional<SoftLock> stealLock(String resource, Permission... readPermissions);

    /**
     * Subscribes to the locks that the principal can read, as {@link Locks#subscribe} does, until this session is
     * closed.
     *
     * @param options the delivery options
     * @param listener the callback
     * @param filters the filters, all of which must hold
     * @return the running subscription, which is paused if the session is
     * @throws IllegalStateException if the store has no locks
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     * @throws io.presence.PresenceException {@code SCOPE_MISSING}, {@code LIMIT_EXCEEDED}
     */
    Subscription subscribeLocks(SubscriptionOptions options, PresenceListener listener, Query... filters);

    /** Pauses all subscriptions of this session, as {@link Subscription#pause} does. Later ones start paused. */
    void pause();

    /** Resumes all subscriptions of this session. Those that were paused one by one are resumed as well. */
    void resume();

    /**
     * Switches this session to another principal, for example after the roles of its user have changed or another user
     * has signed in. Once this method has returned, nothing is delivered to the subscriptions of this session that the
     * new principal cannot read, as {@link Subscription#switchPrincipal} describes. If the principal is of another
     * user, the presences, locks and waits of the former user end as if the session was closed.
     *
     * @param principal the caller of later operations
     * @throws io.presence.PresenceException {@code SCOPE_MISSING} if the session has a subscription and the principal
     *     lacks the scope to read; {@code LIMIT_EXCEEDED} if the subscriptions exceed the limit of its user. The
     *     session is not changed then
     */
    void switchPrincipal(Principal principal);

    /**
     * Closes this session. Presences that only this session holds end now, as
     * {@link io.presence.PresenceEvent.Cause#DISCONNECTED}. Presences that another session holds too are not changed.
     * The subscriptions of this session are closed. Closing a closed session has no effect.
     */
    @Override
    void close();

    /**
     * Closes this session and lets a newer one continue its presences. Presences that only this session holds end after
     * the grace, earlier or later than their deadline was, as
     * {@link io.presence.PresenceEvent.Cause#DISCONNECTED}. Until then they remain as they are, except for
     * {@code expiresAt}. An upsert by another session within the grace continues the presence with the TTL of the
     * upsert. A heartbeat or write outside sessions extends it as usual; if it then ends later than the grace, it has
     * expired. The subscriptions of this session are closed at once.
     *
     * @param grace not negative, and at most {@link io.presence.PresenceStoreBuilder#maxGrace}
     * @throws IllegalArgumentException if it is out of range; the session is not closed then
     */
    void close(Duration grace);
}
