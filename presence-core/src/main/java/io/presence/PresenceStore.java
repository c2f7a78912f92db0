package io.presence;

import io.presence.query.Query;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A store of presences in this JVM: the door of the library. As {@link Presences} it is the host's own, trusted view;
 * {@link #as} gives the view of a principal.
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
 * <p><b>When work happens.</b> Writes take effect at once for every reader. Listeners are told, and ends of life are
 * noticed for them, by the store's duty cycle: on a daemon thread of its own, which sleeps when there is nothing to do,
 * or whenever the host calls {@link #doWork} ({@link PresenceStoreBuilder#callerDriven}).
 *
 * <p><b>Guarantees.</b> Given a monotonic clock that never runs backwards:
 * <ol>
 *   <li>No presence ends by expiry before its deadline, and none is found alive from its deadline on.
 *   <li>Listeners are told of an expiry at most one tick after the deadline, plus the lag of the duty cycle.
 *   <li>Per presence and subscription, changes are told in order, as {@code ENTER UPDATE* EXIT}; writes that follow
 *       each other faster than the duty cycle goes round, or than the listener takes them, are merged into the latest.
 *   <li>Once the duty cycle and the listener have caught up, what a subscription with a snapshot has assembled is what
 *       {@code list} with the same filters returns, but for {@code expiresAt} as moved by heartbeats.
 * </ol>
 *
 * <p><b>Limits.</b> See {@link PresenceUpsert} and {@link PresenceStoreBuilder}.
 *
 * <p><b>Threads.</b> Safe for use by any thread, except {@link #doWork}.
 */
public interface PresenceStore extends Presences, AutoCloseable {

    /**
     * Starts building a store.
     *
     * @return a builder with every default
     */
    static PresenceStoreBuilder builder() {
        return new PresenceStoreBuilder();
    }

    /**
     * Returns the name of this store, which its threads and its log records carry.
     *
     * @return {@link PresenceStoreBuilder#name}, or {@value PresenceStoreBuilder#DEFAULT_NAME}
     */
    String name();

    /**
     * Returns the store as a principal may see and write it. Cheap: one per connection or per call are both fine.
     *
     * <p>The rights are those of the principal given, for as long as the view is used: it is immutable, and a role or
     * scope that the user gains or loses later takes effect with a view of another principal. What a presence permits
     * is judged anew by each call. A call that races with a write that changes permissions is judged by those before or
     * those after, and has the effect that it would have had then.
     *
     * @param principal the caller, with its roles and scopes
     * @return a view, valid as long as the store
     */
    Presences as(Principal principal);

    /**
     * Tells how {@link #list} would find what it returns: by which index, looking at how many presences. Not offered to
     * principals, since it counts presences that they may not read. Cost: a few look-ups; looks at no presence.
     *
     * @param queries as for a list
     * @return the way that is chosen now, and what else was considered
     * @throws io.presence.query.QueryException if a query is not valid for presences
     */
    ListPlan explain(Query... queries);

    /**
     * Tells what there is and what was done so far. Cheap, so that it can be asked every second.
     *
     * @return the counts; taken one after the other, so they need not fit each other to the last one
     */
    PresenceStats stats();

    /**
     * Returns the condition of the store: whether it dispatches, how late, what has failed, and what is stuck. Works
     * while the dispatcher is stuck, and after the store is closed. Costs by the number of subscriptions, so ask it
     * every few seconds.
     *
     * @return the condition now
     */
    PresenceHealth health();

    /**
     * Counts presences by status, as listeners were told last: one whose end is not dispatched yet counts. Costs by the
     * number of different statuses.
     *
     * @return a copy, without statuses that nobody has
     */
    Map<String, Long> statusCounts();

    /**
     * Does one round of the duty cycle of a caller-driven store. Each stage of a round does a bounded amount of work.
     *
     * @return how much was done; 0 if there was nothing to do, if called by a listener within a round, or if the store
     *     is closed or about to be
     * @throws IllegalStateException if the store has a thread of its own, or another thread is in a round
     */
    int doWork();

    /**
     * Returns a stage that completes when every write that returned before this call is dispatched: direct listeners
     * have received it, and for others it is pending.
     *
     * @return completes on the dispatcher, or at once if the store is closed: then normally if those writes were
     *     dispatched, and with a {@link PresenceException} of the code {@code STORE_CLOSED} if {@link #close} timed out
     *     before they were. A dependent that flushes again while the store closes gets that exception as well.
     */
    CompletionStage<Void> flush();

    /**
     * Returns a stage that completes when what was written before this call is delivered: it is dispatched, each
     * listener that is to be called has been called with it, or with what it was merged into, and that call has ended.
     * For a subscription that was made before this call with a snapshot, resumed, reset or given another principal,
     * that includes everything up to {@link PresenceListener#onSynced}.
     *
     * <p><b>Not waited for</b> is a listener that at some moment until then is {@linkplain Subscription#pause paused},
     * out of {@linkplain Subscription#request demand} or closed, and changes that were dropped on a channel of one
     * action. A listener that throws has been called. A listener whose executor refuses, drops or delays its turn is
     * waited for; a dropped turn is submitted again after 2 seconds. A presence that expires is no write: its end is
     * waited for only if it is dispatched by then.
     *
     * <p><b>From a listener</b> that calls this, or the handler of its errors, that listener is not waited for, nor is
     * one that has called this itself, in a call that was running then, and whose stage has not completed. So listeners
     * that wait within their calls don't wait for one another. But a listener that blocks holds its thread, which
     * others may need if they share an executor; and a {@linkplain SubscriptionOptions#onDispatcher direct} one holds the
     * dispatcher, so that the stage can't complete. Use a dependent there.
     *
     * <p><b>Threads.</b> Callable by any thread. The stage completes on the dispatcher, for a caller-driven store
     * within {@link #doWork}; a dependent must not block there.
     *
     * <p><b>Cost.</b> One look at each open subscription by the caller and one by the dispatcher, in one pass. While no
     * call is pending, one look for that at the end of each turn.
     *
     * @return completes exceptionally, with a {@link PresenceException} of the code {@code STORE_CLOSED}, if the store
     *     is closed, or has ended its subscriptions before that was delivered
     */
    CompletionStage<Void> delivered();

    /**
     * Closes the store. Further writes and subscriptions are refused; what was written until now is delivered; then
     * every subscription ends with {@link Subscription.CloseReason#STORE_CLOSED}. One that is paused, or whose executor
     * refuses, or that changes its principal from now on, ends at once and without a call. One with a limited demand
     * receives what it requests meanwhile; on the dispatcher, what it has requested by now. A snapshot that is not
     * complete is not continued. Closing twice does nothing more, but waits as well. Reads go on working.
     *
     * <p>Returns within the {@linkplain PresenceStoreBuilder#closeTimeout timeout}, whatever a listener does, and an interrupt
     * neither shortens the wait nor is lost. After that no call starts any more; what was not delivered by then is
     * logged and counted in {@link #health}, every {@link #flush} is settled, and every subscription has ended, except
     * that {@link Subscription#closeFuture} waits for a call that is still running. Nothing is interrupted.
     *
     * <p>Called within a call of the store, it does not wait for itself: a listener, the handler of listener errors, or
     * a dependent of {@code flush()} gets back at once, and the store closes behind it. A thread on which an executor
     * of the host has called listeners of open subscriptions, or has run the empty task that {@code build} gives to the
     * {@linkplain PresenceStoreBuilder#listenerExecutor executor} of the store, does not wait for the subscriptions on that
     * executor, unless that has called listeners on other threads too: they may need this thread, so they receive what
     * is pending, and end, when the executor runs them, until the timeout. Any other thread of such an executor waits
     * until the timeout, since the store can't know of it. A listener that a caller-driven store calls on the closing
     * thread holds that thread.
     */
    @Override
    void close();
}
