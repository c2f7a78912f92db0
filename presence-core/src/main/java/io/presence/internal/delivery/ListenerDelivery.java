package io.presence.internal.delivery;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The delivery from the mailbox of one subscription to its listener. An executor drains the mailbox in slices. For a
 * listener without an executor the dispatcher drains it, and delivers a change inline if nothing is pending.
 *
 * <p>It extends its progress to save one object for each subscription, and one cache line for each inline delivery.
 *
 * <p>Each call enters the call gate first, so that at most one call runs. Then it takes changes from the mailbox, and
 * calls the listener. An exception of the listener is reported.
 *
 * <p><b>Failures.</b> If anything else throws, Errors included, the drain ends, the gate is exited, the failure is
 * reported, and the dispatcher schedules another drain in a later duty cycle. Nothing is taken from the mailbox without
 * a call that delivers it, with one exception: an Error while changes are conflated loses them. Then nothing more is
 * delivered until the listener is reset.
 *
 * <p><b>Threads.</b> {@link #deliverInline} and {@link #end} by the dispatcher, {@link #drain} by the executor, the
 * rest by any thread.
 */
final class ListenerDelivery extends DeliveryProgress {

    /* The longest slice. After it, other tasks of the executor run first. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final DeliveryHost host;
    private final LiveSubscription subscription;
    private final ListenerCaller caller;
    private final Mailbox mailbox;
    /* Null if demand is unlimited. */
    private final @Nullable Demand demand;
    private volatile @Nullable CloseReason ending;

    /** Creates the delivery of a subscription that is not started. */
    ListenerDelivery(DeliveryHost host, LiveSubscription subscription, Mailbox mailbox, PresenceListener listener) {
        this.host = host;
        this.subscription = subscription;
        this.caller = new ListenerCaller(listener);
        caller.callStartsAt(host.cycleStart());
        this.mailbox = mailbox;
        long initial = subscription.options().initialRequest();
        this.demand = initial == Long.MAX_VALUE ? null : new Demand(initial);
    }

    DeliveryHost host() {
        return host;
    }

    ListenerCaller caller() {
        return caller;
    }

    /*
     * A racy reading, for health. An inline call records no start, to save a clock read; it started after the duty
     * cycle did, whose start is returned.
     */
    long calledSince() {
        if (!caller.isCalling()) {
            return Long.MIN_VALUE;
        }
        long started = caller.callStart();
        long cycle = host.cycleStart();
        return isDirect() && started - cycle < 0 ? cycle : started;
    }

    private boolean isDirect() {
        return ownExecutor() == null;
    }

    /** Returns the executor that drains the mailbox, or null for the dispatcher. */
    @Nullable Executor ownExecutor() {
        SubscriptionOptions options = subscription.options();
        Executor named = options.executor();
        return named != null || options.isOnDispatcher() ? named : host.defaultExecutor();
    }

    /**
     * Delivers a change to an on-dispatcher listener. Returns false if the listener has an executor, a change is
     * pending, or no call can start.
     */
    boolean deliverInline(StateChange stateChange, Change change) {
        if (!isDirect() || !mailbox.isEmpty() || !hasDemand() || !caller.enterCall()) {
            return false;
        }
        PresenceEvent event;
        CallGate previous;
        try {
            event = stateChange.eventFor(subscription.channel().action(), subscription.access(), change);
            previous = stateChange.called(caller);
        } catch (Throwable failure) {
            caller.exit();
            host.deliveryFailed(subscription, failure);
            return false;
        }
        if (previous != null && previous.isClosed() && !reenterAfter(previous)) {
            return false;
        }
        callInline(stateChange, event);
        return true;
    }

    private void callInline(StateChange stateChange, PresenceEvent event) {
        consumeDemand(1);
        record(stateChange);
        host.counters().deliveredInline();
        Throwable thrown = caller.deliver(event);
        if (thrown == null && stateChange.hasCallsInRow()) {
            caller.leave();
        } else {
            finish(thrown);
        }
        clearInterrupt();
    }

    /* Outside the gate, since a dependent of that end can close this subscription. */
    private boolean reenterAfter(CallGate previous) {
        caller.exit();
        try {
            previous.endIfClosed();
        } catch (Throwable failure) {
            host.deliveryFailed(subscription, failure);
        }
        return caller.enterCall();
    }

    /** Schedules delivery unless the subscription is paused, held or out of demand. By the dispatcher. */
    void scheduleIfDeliverable() {
        if (isDeliverable()) {
            scheduleOrRunInline();
        }
    }

    /** Returns whether a call can start and there is demand. By any thread. */
    boolean isDeliverable() {
        return caller.isOpen() && hasDemand();
    }

    /**
     * Schedules a drain as {@link #scheduleDrain} does, but drains an on-dispatcher listener at once. By the
     * dispatcher.
     */
    void scheduleOrRunInline() {
        int ticket = mailbox.signal();
        if (ticket == DrainState.NONE) {
            return;
        }
        if (isDirect()) {
            drain(ticket);
        } else {
            schedule(ticket);
        }
    }

    /** Schedules a drain unless one is scheduled or the subscription is closed. */
    void scheduleDrain() {
        int ticket = caller.isClosed() ? DrainState.NONE : mailbox.signal();
        if (ticket != DrainState.NONE) {
            schedule(ticket);
        }
    }

    /**
     * Schedules a drain again in place of one that has not begun. By the dispatcher.
     *
     * @return the ticket of the new drain, or {@link DrainState#NONE} if the other has begun
     */
    int submitAgain(int ticket) {
        int renewed = mailbox.renew(ticket);
        if (renewed != DrainState.NONE) {
            schedule(renewed);
        }
        return renewed;
    }

    private void schedule(int ticket) {
        try {
            Executor own = ownExecutor();
            if (own == null) {
                host.dispatcher().execute(new DrainTask(this, ticket));
            } else {
                host.watch(subscription, own);
                own.execute(new DrainTask(this, ticket));
            }
        } catch (Throwable rejection) {
            rejected(ticket, rejection);
        }
    }

    private void rejected(int ticket, Throwable rejection) {
        mailbox.cancel(ticket);
        host.executorRejected(subscription, rejection);
    }

    private Executor executor() {
        Executor own = ownExecutor();
        return own == null ? host.dispatcher() : own;
    }

    /** Drains the mailbox until nothing can be delivered or the executor has the next drain. Does not throw. */
    void drain(int ticket) {
        if (!mailbox.begin(ticket)) {
            return;
        }
        try {
            drainSlices();
        } catch (Throwable failure) {
            mailbox.abort();
            host.drainFailed(subscription, mailbox.hasLost(), failure);
        }
        if (isDirect()) {
            clearInterrupt();
        }
    }

    /* A listener must not leave the thread interrupted for the next one. */
    private void clearInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            host.interrupted();
        }
    }

    private void drainSlices() {
        while (true) {
            boolean isFinished = !drainSlice();
            subscription.drained();
            if (isFinished ? mailbox.end() : !mustContinueInline()) {
                return;
            }
        }
    }

    /**
     * Calls the listener until nothing can be delivered, or the batch size or the time of a slice is used.
     *
     * @return false if nothing can be delivered
     */
    private boolean drainSlice() {
        int remaining = subscription.options().batchSize();
        long start = host.nanos();
        long now = start;
        do {
            caller.callStartsAt(now);
            int delivered = callNext(remaining);
            if (delivered == 0) {
                return false;
            }
            remaining -= delivered;
            now = host.nanos();
        } while (remaining > 0 && now - start < SLICE_NANOS);
        return true;
    }

    private boolean mustContinueInline() {
        int ticket = mailbox.scheduleNext();
        try {
            if (!new DrainTask(this, ticket).resubmitTo(executor())) {
                return false;
            }
        } catch (Throwable rejection) {
            rejected(ticket, rejection);
            return false;
        }
        return mailbox.begin(ticket);
    }

    /**
     * Makes the next call. Returns the number of events that it delivered, 1 for a signal, or 0 if nothing can be
     * delivered.
     */
    private int callNext(int max) {
        if (!caller.enter()) {
            /* The closing thread could not drop what this thread held. */
            if (caller.isClosed()) {
                clear(0);
            }
            return 0;
        }
        CloseReason last = ending;
        ListenerCall call = nextCall(max);
        if (call != null && !call.isToListener()) {
            return finishEvaluation(call, max, last);
        }
        if (call != null) {
            recordStart(call);
            finish(caller.deliver(call));
            if (call.conflated() > 0) {
                subscription.recordConflation(call.conflated());
            }
            return Math.max(1, call.events().size());
        }
        /* The dispatcher enqueues nothing after the end, and adds no demand. */
        if (last != null && (mailbox.isEmpty() || mailbox.hasLost() || isDirect())) {
            subscription.ending();
            endAfterCall(last);
        } else {
            caller.exit();
        }
        return 0;
    }

    /* No unevaluated change was visible, or the budget is spent. An executor then runs other tasks first. */
    private int finishEvaluation(ListenerCall call, int max, @Nullable CloseReason last) {
        boolean isDispatcher;
        try {
            record(call);
            isDispatcher = host.isDispatcher();
        } catch (Throwable failure) {
            caller.exit();
            throw failure;
        }
        if (call.kind() == ListenerCall.Kind.EVALUATED) {
            caller.exit();
            return 1;
        }
        if (!isDispatcher) {
            caller.exit();
            return max;
        }
        if (last != null) {
            /* No duty cycle follows. */
            endAfterCall(last);
        } else {
            caller.exit();
            host.postpone(subscription);
        }
        return 0;
    }

    private @Nullable ListenerCall nextCall(int max) {
        try {
            return mailbox.take(requested(max), subscription.channel().action(), subscription);
        } catch (Throwable failure) {
            caller.exit();
            throw failure;
        }
    }

    private boolean hasDemand() {
        return demand == null || demand.outstanding() > 0;
    }

    private int requested(int max) {
        int batch = caller.acceptsBatches() ? max : 1;
        return demand == null ? batch : (int) Math.min(batch, demand.outstanding());
    }

    private void consumeDemand(int events) {
        if (demand != null) {
            demand.consume(events);
        }
    }

    /** Adds demand. */
    void request(long more) {
        if (demand != null) {
            demand.add(more);
            scheduleDrain();
        }
    }

    /*
     * Before the call, so that a listener can take a resume token that includes the events. If this throws, the call is
     * made all the same: the events would be lost.
     */
    private void recordStart(ListenerCall call) {
        try {
            record(call);
            consumeDemand(call.events().size());
            host.counters().delivered(call.events().size());
        } catch (Throwable failure) {
            host.deliveryFailed(subscription, failure);
        }
        if (call.kind() == ListenerCall.Kind.RESET) {
            requestSnapshot();
        }
    }

    private void requestSnapshot() {
        try {
            host.resetDelivered(subscription);
        } catch (Throwable failure) {
            subscription.lose(failure);
        }
    }

    private void finish(@Nullable Throwable thrown) {
        if (thrown == null) {
            caller.exit();
            return;
        }
        boolean continues = caller.isClosed() || !subscription.options().closesOnError();
        host.failed(subscription, thrown, continues && !caller.isClosed());
        if (continues) {
            caller.exit();
        } else {
            deliverClosed(CloseReason.LISTENER_FAILED);
            mailbox.clear();
            host.closed(subscription);
        }
    }

    private void endAfterCall(CloseReason why) {
        int pending = mailbox.size();
        deliverClosed(why);
        clear(pending);
    }

    /* Changes that a draining thread holds now are counted when it puts them back. */
    private void clear(int pending) {
        int changes = mailbox.clear();
        if (caller.isClosedBy(CloseReason.STORE_CLOSED) && (pending > 0 || changes > 0)) {
            host.undelivered(pending > 0 ? 1 : 0, changes);
        }
    }

    private void deliverClosed(CloseReason why) {
        caller.callStartsAt(host.nanos());
        Throwable thrown = caller.deliverClosed(why);
        if (thrown != null) {
            host.failed(subscription, thrown, false);
        }
    }

    /** Delivers what is pending, then the end. If no call can start, ends at once without a call. */
    void end(CloseReason why) {
        ending = why;
        if (caller.isOpen()) {
            /* Inline: a subscription that is made after the last duty cycle has no dispatcher to end it. */
            scheduleOrRunInline();
        } else {
            close(why);
        }
    }

    /** Ends the subscription and drops what is pending. Returns false if it had ended. */
    boolean close(CloseReason why) {
        int pending = mailbox.size();
        boolean isFirst = caller.close(why);
        if (isFirst) {
            clear(pending);
        }
        return isFirst;
    }

    /**
     * Returns whether the listener has been called with everything up to a revision, including the end of a sync epoch,
     * and no call is running. Also true if the listener is paused or out of demand. By any thread.
     *
     * @param isCaller whether the calling thread is within the call gate, with nothing left to deliver
     */
    boolean hasDelivered(long revision, boolean isCaller) {
        /*
         * In this order: a sync epoch begins before pending changes are dropped, and a call enters the gate before it
         * takes changes.
         */
        boolean isReached = mailbox.isAllTaken() || deliveredRevision() >= revision;
        boolean isExpected = !caller.isPaused() && hasDemand();
        return (!isExpected || (isReached && isSynced())) && (isCaller || !caller.isEntered());
    }

    CompletionStage<CloseReason> ended() {
        return caller.ended();
    }
}
