package io.presence;

import io.presence.access.AccessExplanation;
import io.presence.cluster.ClusterStatus;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * An in-process presence store, and the entry point of the library. As {@link Presences} it is the unrestricted view of
 * trusted code, which is the host's own. {@link #as} returns the view of a principal.
 *
 * <pre>{@code
 * try (PresenceStore store = PresenceStore.builder().build()) {
 *     Presences ada = store.as(Principal.user("ada").build());
 *     ada.subscribe(
 *             Channel.presences(),
 *             event -> System.out.println(event.change() + " " + event.presence().id()),
 *             Query.equal("status", "online"));
 *     ada.upsert(PresenceUpsert.of("tab-1", "online").expiresIn(Duration.ofSeconds(30))); // prints: ENTER tab-1
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Safe for use by any thread, except {@link #doWork}. A write takes effect for every reader before
 * its method returns. One thread, the dispatcher, passes events on to listeners or their executors, and reports
 * expirations. It repeats a duty cycle: it runs commands such as subscribe, dispatches changes, finds expired presences
 * and continues snapshots. The dispatcher is a daemon thread of the store, which sleeps while there is nothing to do.
 * In a {@linkplain PresenceStoreBuilder#callerDriven caller-driven} store it is the thread of the host that calls
 * {@link #doWork}.
 *
 * <p><b>Guarantees.</b> The following holds if the monotonic clock never runs backwards.
 * <ol>
 *   <li>No presence expires before its deadline, and every method treats it as expired from its deadline on.
 *   <li>An expiration is dispatched at most one {@linkplain PresenceStoreBuilder#tick tick} plus the lag of the
 *       dispatcher after the deadline.
 *   <li>For each presence and subscription, changes are delivered in order, as {@code ENTER UPDATE* EXIT}
 *       ({@link PresenceEvent} has the exceptions). Writes that follow each other faster than the dispatcher or the
 *       listener processes them are conflated into the latest.
 *   <li>After the dispatcher and the listener have processed everything, the events of a subscription with a snapshot
 *       give the presences that {@code list} returns for the same filters, except that heartbeats can have moved
 *       {@code expiresAt}.
 * </ol>
 *
 * <p><b>Limits.</b> See {@link PresenceUpsert} and {@link PresenceStoreBuilder}.
 */
public interface PresenceStore extends Presences, AutoCloseable {

    /**
     * Returns a builder with the default options.
     *
     * @return a new builder
     */
    static PresenceStoreBuilder builder() {
        return new PresenceStoreBuilder();
    }

    /**
     * Returns the name of this store, which its threads and log records carry.
     *
     * @return {@link PresenceStoreBuilder#name}, or {@value PresenceStoreBuilder#DEFAULT_NAME}
     */
    String name();

    /**
     * Returns the view of a principal. The host can create one for each connection or for each call.
     *
     * <p>The roles and scopes of a view never change. If a user gains or loses one, the host creates a view of a new
     * principal. Each call reads the permissions of the presence anew. A call that races with a write of permissions is
     * authorized by either the old or the new permissions, and has the effect that it would have had at that time.
     *
     * <p><b>Cost.</b> Sorts the roles of the principal.
     *
     * @param principal the user, with its roles and scopes
     * @return a view, usable as long as the store
     */
    Presences as(Principal principal);

    /**
     * Opens a session: one connection, tab or device of a user. The presences that it writes end with it. A host opens
     * one for each socket and closes it when the socket closes.
     *
     * <p><b>Cost.</b> Sorts the roles of the principal. An open session without presences and subscriptions takes about
     * 150 bytes beside the principal.
     *
     * @param principal the user, with its roles and scopes
     * @return an open session
     * @throws PresenceException {@code STORE_CLOSED}
     */
    PresenceSession open(Principal principal);

    /**
     * Returns the access path that {@link #list} would use for these queries now. It is not available to principals
     * because it counts presences that they cannot read.
     *
     * <p><b>Cost.</b> One look-up for each value of an {@code equal} condition. Examines no presence.
     *
     * @param queries the queries of a list
     * @return the chosen access path, and the alternatives
     * @throws io.presence.query.QueryException if a query is not valid for presences
     */
    ListPlan explain(Query... queries);

    /**
     * Explains why a principal sees a presence, or does not: whether the presence is there and alive, who owns it, the
     * permission and role that grant each operation, or the scope that is missing. It is not available to principals
     * because it shows presences that they cannot read.
     *
     * <p><b>Cost.</b> One look-up, and a comparison of each permission. Takes no lock.
     *
     * @param principal the user, with its roles and scopes
     * @param id the id of the presence, which need not exist
     * @return the decisions that {@link #as as(principal)} would make now
     */
    AccessExplanation explainAccess(Principal principal, String id);

    /**
     * Returns the counters of the store. They are read one at a time and are not a consistent snapshot.
     *
     * <p><b>Cost.</b> Constant. A call every second is fine.
     *
     * @return the counters now
     */
    PresenceStats stats();

    /**
     * Returns the condition of the store: whether it dispatches, the age of the oldest undispatched write, failures,
     * and listeners that are stuck. This method works while the dispatcher is stuck, and after the store is closed.
     *
     * <p><b>Cost.</b> Proportional to the number of subscriptions. A call every few seconds is fine.
     *
     * @return the condition now
     */
    PresenceHealth health();

    /**
     * Returns the condition of this node in its cluster.
     *
     * @return empty for a store that is no node of a {@linkplain PresenceStoreBuilder#cluster cluster}
     */
    default Optional<ClusterStatus> cluster() {
        return Optional.empty();
    }

    /**
     * Returns the number of presences for each status, as last dispatched: a presence whose end is not dispatched yet
     * is counted.
     *
     * <p><b>Cost.</b> Proportional to the number of different statuses.
     *
     * @return a copy, without statuses that no presence has
     */
    Map<String, Long> statusCounts();

    /**
     * Runs one duty cycle of a caller-driven store. Each stage of the duty cycle does a bounded amount of work.
     *
     * @return the amount of work done; 0 if there was nothing to do, if called within a duty cycle by a listener, or if
     *     the store is closed or closing
     * @throws IllegalStateException if the store has a thread of its own, or another thread is in a duty cycle
     */
    int doWork();

    /**
     * Returns a stage that completes once every write that returned before this call has been dispatched, that is,
     * delivered to listeners on the dispatcher and pending for all others.
     *
     * @return completes on the dispatcher. If the store is closed, it is complete already: normally if those writes
     *     were dispatched, otherwise with a {@link PresenceException} of the code {@code STORE_CLOSED} because
     *     {@link #close} timed out first. The stage of a dependent that calls this method while the store closes fails
     *     with the same exception
     */
    CompletionStage<Void> flush();

    /**
     * Returns a stage that completes once every write that returned before this call has been delivered. A write is
     * delivered if it has been dispatched and each listener that receives it, alone or conflated with other writes, has
     * been called and has returned. If a subscription with a snapshot was made before this call, or a subscription was
     * resumed, reset or given another principal, everything up to its {@link PresenceListener#onSynced} must be
     * delivered as well.
     *
     * <p><b>Exceptions.</b> The stage does not wait for a listener that is {@linkplain Subscription#pause paused},
     * without {@linkplain Subscription#request demand} or closed at any moment until then, nor for changes that were
     * dropped on a channel of one action. It waits for a listener whose executor rejects, drops or delays the drain
     * task; a dropped task is submitted again after 2 seconds. The expiry of a presence is not a write, so it is waited
     * for only if it has been dispatched by then.
     *
     * <p><b>Calls by a listener.</b> If a listener or the handler of its errors calls this method, the stage does not
     * wait for that listener. It also does not wait for a listener that has called this method in a call that is still
     * running and whose stage is not complete. Hence listeners that wait within their calls do not wait for each other.
     * A listener that blocks still occupies its thread, which other listeners may need if they share an executor. A
     * listener {@linkplain SubscriptionOptions#onDispatcher on the dispatcher} must not wait, since the stage cannot
     * complete meanwhile. Use a dependent of the stage there.
     *
     * <p><b>Threads.</b> Callable by any thread. The stage completes on the dispatcher, hence in a caller-driven store
     * within {@link #doWork}. A dependent must not block there.
     *
     * <p><b>Cost.</b> The caller and the dispatcher each examine every open subscription once. While no call is
     * pending, the end of each drain task costs one read of a field.
     *
     * @return completes exceptionally, with a {@link PresenceException} of the code {@code STORE_CLOSED}, if the store
     *     is closed, or has ended its subscriptions before the delivery was complete
     */
    CompletionStage<Void> delivered();

    /**
     * Drains the store before a deployment: closes the sessions one after the other, evenly spread over a time, so that
     * their clients do not all connect to other nodes at once. Further sessions are refused with
     * {@link PresenceException.Code#DRAINING}. A presence that only drained sessions hold ends as
     * {@link PresenceEvent.Cause#SHUTDOWN} when the last of them is closed. The subscriptions of a session
     * end with {@link Subscription.CloseReason#DRAINED}, which {@link PresenceListener#onClosed} receives; what is
     * pending is dropped.
     *
     * <p>Sessions work as usual until they are closed; {@link PresenceStats#sessions} returns how many are left. Writes
     * and subscriptions outside sessions are not affected. A further call has no effect. The host closes the store
     * afterwards.
     *
     * <p><b>Cost.</b> Returns at once. The dispatcher closes the sessions, at most 64 in a duty cycle.
     *
     * @param over the time until the last session is closed: from zero, for as soon as possible, to one day
     * @throws IllegalArgumentException if it is out of range
     * @throws PresenceException {@code STORE_CLOSED}
     */
    void drain(Duration over);

    /**
     * Closes the store. Further writes and subscriptions are refused, and reads remain possible. Writes that have
     * returned are delivered. Then every subscription ends with {@link Subscription.CloseReason#STORE_CLOSED}. Closing
     * a closed store has no further effect, and waits like the first call.
     *
     * <p><b>Subscriptions.</b> A subscription ends at once, without a call, if it is paused, if its executor rejects
     * tasks, or if its principal is switched after this call. A subscription with a limited demand receives the events
     * that it requests meanwhile; on the dispatcher, those that it has requested already. Snapshots still in progress
     * are abandoned.
     *
     * <p><b>Timeout.</b> This method returns within the {@linkplain PresenceStoreBuilder#closeTimeout timeout},
     * whatever listeners do. An interrupt does not shorten the wait and remains set. After this method has returned, no
     * call of a listener starts, every {@link #flush} has completed, and every subscription has ended, except that
     * {@link Subscription#closeFuture} waits for a call that is still running. Changes that were not delivered are
     * logged and counted in {@link #health}. The store interrupts no thread.
     *
     * <p><b>Calls by a listener.</b> Within a call of the store, namely in a listener, in the handler of listener
     * errors or in a dependent of {@code flush()}, this method returns at once and the store closes afterwards. A
     * listener that a caller-driven store calls on the closing thread occupies that thread.
     *
     * <p><b>Calls on an executor of the host.</b> Subscriptions on an executor may need the closing thread in order to
     * receive what is pending. The store knows that a thread belongs to an executor if the executor has called
     * listeners of open subscriptions on it, or has run on it the empty task that {@code build} submits to the
     * {@linkplain PresenceStoreBuilder#listenerExecutor executor} of the store. On such a thread this method does not
     * wait for the subscriptions on that executor, unless the executor has also called listeners on other threads. They
     * receive what is pending, and end, when the executor runs their tasks, at most until the timeout. On any other
     * thread of such an executor this method waits until the timeout.
     */
    @Override
    void close();

    /**
     * Returns a stage that completes when the store is closed and its dispatcher has ended. If a listener blocks the
     * dispatcher for longer than the timeout, that is after {@link #close} has returned.
     *
     * @return completes on the dispatcher or on the closing thread; a dependent must not block
     */
    CompletionStage<Void> closeFuture();
}
