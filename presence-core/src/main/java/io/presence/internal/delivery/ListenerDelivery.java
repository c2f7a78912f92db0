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
 * How one listener is told: what is left in its mailbox is taken out and told by its executor, in turns. The executor
 * of a direct one is the dispatcher, which tells it a step at once if nothing waits and it may be called.
 *
 * <p>Every call goes the same way: through the gate, so that it is the only one; then out of the mailbox, so that what
 * is taken is told; then to the listener. What it throws is reported.
 *
 * <p>Whatever throws on that way, Errors included, the turn and the gate are given back, the failure is reported, and
 * the dispatcher has another turn taken in a later round. Nothing is taken from the mailbox without a call that
 * delivers it, except by an Error while the changes of two threads are merged, after which the listener is told to
 * start over.
 *
 * <p><b>Threads.</b> {@link #deliverInline} and {@link #end} by the dispatcher, {@link #drain} by the executor, the
 * rest by any thread.
 */
final class ListenerDelivery {

    /* After this, a turn gives way to other subscriptions on its executor. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final DeliveryHost bus;
    private final LiveSubscription subscription;
    private final ListenerCaller gate;
    private final Mailbox mailbox;
    private final DeliveryProgress progress = new DeliveryProgress();
    /* Null for no end of demand. */
    private final @Nullable Demand demand;
    private volatile @Nullable CloseReason ending;

    /** Makes the delivery of a subscription that nobody calls yet. */
    ListenerDelivery(DeliveryHost bus, LiveSubscription subscription, Mailbox mailbox, PresenceListener listener) {
        this.bus = bus;
        this.subscription = subscription;
        this.gate = new ListenerCaller(listener);
        gate.callStartsAt(bus.roundStart());
        this.mailbox = mailbox;
        long initial = subscription.options().initialRequest();
        this.demand = initial == Long.MAX_VALUE ? null : new Demand(initial);
    }

    DeliveryHost bus() {
        return bus;
    }

    DeliveryProgress progress() {
        return progress;
    }

    ListenerCaller gate() {
        return gate;
    }

    /*
     * A racy reading, for health. A direct call at once writes no start, since listeners are many: it is within the
     * round, and began with that at the earliest.
     */
    long calledSince() {
        if (!gate.isCalling()) {
            return Long.MIN_VALUE;
        }
        long started = gate.callStart();
        long round = bus.roundStart();
        return isDirect() && started - round < 0 ? round : started;
    }

    private boolean isDirect() {
        return ownExecutor() == null;
    }

    /** Returns the executor that runs the turns, or null for the dispatcher. */
    @Nullable Executor ownExecutor() {
        SubscriptionOptions options = subscription.options();
        Executor named = options.executor();
        return named != null || options.isOnDispatcher() ? named : bus.defaultExecutor();
    }

    /**
     * Delivers a step to a direct listener. False if it is not direct, something is pending, or it may not be called.
     */
    boolean deliverInline(StateChange step, Change change) {
        if (!isDirect() || !mailbox.isEmpty() || !isWanted() || !gate.enter()) {
            return false;
        }
        PresenceEvent event;
        try {
            event = step.eventFor(subscription.channel().action(), subscription.access(), change);
        } catch (Throwable failure) {
            gate.exit();
            bus.deliveryFailed(subscription, failure);
            return false;
        }
        consumeDemand(1);
        progress.record(step);
        bus.counters().deliveredInline();
        finish(gate.deliver(event));
        clearInterrupt();
        return true;
    }

    /**
     * Has pending changes delivered, unless that must wait for a call to be allowed or for demand. By the dispatcher.
     */
    void scheduleIfDeliverable() {
        if (isDeliverable()) {
            scheduleOrRunInline();
        }
    }

    /** Tells whether a call may start, and events are wanted. By any thread. */
    boolean isDeliverable() {
        return gate.isOpen() && isWanted();
    }

    /** As {@link #scheduleDrain}, but by the dispatcher, which takes the turn of a direct listener itself. */
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

    /** Has a turn taken, unless one is about to be, or no call can start any more. */
    void scheduleDrain() {
        int ticket = gate.isClosed() ? DrainState.NONE : mailbox.signal();
        if (ticket != DrainState.NONE) {
            schedule(ticket);
        }
    }

    /**
     * Schedules a turn again in place of one that has not begun. By the dispatcher.
     *
     * @return the ticket of the new turn, or {@link DrainState#NONE} if the other has begun
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
                bus.dispatcher().execute(new DrainTask(this, ticket));
            } else {
                bus.watch(subscription, own);
                own.execute(new DrainTask(this, ticket));
            }
        } catch (Throwable refusal) {
            rejected(ticket, refusal);
        }
    }

    private void rejected(int ticket, Throwable refusal) {
        mailbox.cancel(ticket);
        bus.executorRejected(subscription, refusal);
    }

    private Executor executor() {
        Executor own = ownExecutor();
        return own == null ? bus.dispatcher() : own;
    }

    /** Takes turns until there is nothing to deliver, or the executor has the next one. Does not throw. */
    void drain(int ticket) {
        if (!mailbox.begin(ticket)) {
            return;
        }
        try {
            drainSlices();
        } catch (Throwable failure) {
            mailbox.abort();
            bus.drainFailed(subscription, mailbox.hasLost(), failure);
        }
        if (isDirect()) {
            clearInterrupt();
        }
    }

    /* What a listener leaves behind is not for the next. */
    private void clearInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            bus.interrupted();
        }
    }

    private void drainSlices() {
        while (true) {
            boolean isOver = !drainSlice();
            subscription.drained();
            if (isOver ? mailbox.end() : !mustContinueInline()) {
                return;
            }
        }
    }

    /**
     * Makes calls until there is nothing to deliver: false; or the number of events or the time of a turn is used:
     * true.
     */
    private boolean drainSlice() {
        int left = subscription.options().batchSize();
        long start = bus.nanos();
        long now = start;
        do {
            gate.callStartsAt(now);
            int done = call(left);
            if (done == 0) {
                return false;
            }
            left -= done;
            now = bus.nanos();
        } while (left > 0 && now - start < SLICE_NANOS);
        return true;
    }

    private boolean mustContinueInline() {
        int ticket = mailbox.scheduleNext();
        try {
            if (!new DrainTask(this, ticket).resubmitTo(executor())) {
                return false;
            }
        } catch (Throwable refusal) {
            rejected(ticket, refusal);
            return false;
        }
        return mailbox.begin(ticket);
    }

    /** Makes the next call. Returns how many events it delivered, 1 for a signal, 0 if there is nothing to deliver. */
    private int call(int most) {
        if (!gate.enter()) {
            /* The closer could not drop what was held here just then. */
            if (gate.isClosed()) {
                clear(0);
            }
            return 0;
        }
        CloseReason last = ending;
        ListenerCall call = nextCall(most);
        if (call != null && !call.isToListener()) {
            return evaluated(call, most, last);
        }
        if (call != null) {
            record(call);
            finish(gate.deliver(call));
            return Math.max(1, call.events().size());
        }
        /* The dispatcher leaves nothing after it has said that this is the end, and answers no requests. */
        if (last != null && (mailbox.isEmpty() || isDirect())) {
            subscription.ending();
            endAfterCall(last);
        } else {
            gate.exit();
        }
        return 0;
    }

    /* Nothing came of what was open, or it has to wait: on an executor until others had their turn. */
    private int evaluated(ListenerCall call, int most, @Nullable CloseReason last) {
        boolean isDispatcher;
        try {
            progress.record(call);
            isDispatcher = bus.isDispatcher();
        } catch (Throwable failure) {
            gate.exit();
            throw failure;
        }
        if (call.kind() == ListenerCall.Kind.EVALUATED) {
            gate.exit();
            return 1;
        }
        if (!isDispatcher) {
            gate.exit();
            return most;
        }
        if (last != null) {
            /* There are no more rounds. */
            endAfterCall(last);
        } else {
            gate.exit();
            bus.postpone(subscription);
        }
        return 0;
    }

    private @Nullable ListenerCall nextCall(int most) {
        try {
            return mailbox.take(wanted(most), subscription.channel().action(), subscription);
        } catch (Throwable failure) {
            gate.exit();
            throw failure;
        }
    }

    private boolean isWanted() {
        return demand == null || demand.outstanding() > 0;
    }

    private int wanted(int most) {
        int batch = gate.acceptsBatches() ? most : 1;
        return demand == null ? batch : (int) Math.min(batch, demand.outstanding());
    }

    private void consumeDemand(int events) {
        if (demand != null) {
            demand.consume(events);
        }
    }

    /** Lets more events be told. */
    void request(long more) {
        if (demand != null) {
            demand.add(more);
            scheduleDrain();
        }
    }

    /*
     * Before the call, so that a listener that asks from within it can send the answer along with the events. Whatever
     * fails here, the call is made: what was taken would be lost without it.
     */
    private void record(ListenerCall call) {
        try {
            progress.record(call);
            consumeDemand(call.events().size());
            if (call.kind() == ListenerCall.Kind.RESET) {
                bus.resetDelivered(subscription);
            }
            bus.counters().delivered(call.events().size());
        } catch (Throwable failure) {
            bus.deliveryFailed(subscription, failure);
        }
    }

    private void finish(@Nullable Throwable thrown) {
        if (thrown == null) {
            gate.exit();
            return;
        }
        boolean goesOn = gate.isClosed() || !subscription.options().closesOnError();
        bus.failed(subscription, thrown, goesOn && !gate.isClosed());
        if (goesOn) {
            gate.exit();
        } else {
            deliverClosed(CloseReason.LISTENER_FAILED);
            mailbox.clear();
            bus.closed(subscription);
        }
    }

    private void endAfterCall(CloseReason why) {
        int pending = mailbox.size();
        deliverClosed(why);
        clear(pending);
    }

    /* What a draining thread holds at that moment is counted when it is put back. */
    private void clear(int pending) {
        int changes = mailbox.clear();
        if (gate.isClosedBy(CloseReason.STORE_CLOSED) && (pending > 0 || changes > 0)) {
            bus.undelivered(pending > 0 ? 1 : 0, changes);
        }
    }

    private void deliverClosed(CloseReason why) {
        gate.callStartsAt(bus.nanos());
        Throwable thrown = gate.deliverClosed(why);
        if (thrown != null) {
            bus.failed(subscription, thrown, false);
        }
    }

    /** Has what waits told, then the end. At once, and without telling it, if no call may start. */
    void end(CloseReason why) {
        ending = why;
        if (gate.isOpen()) {
            /* In place: who ends one that it has made too late finds no dispatcher any more. */
            scheduleOrRunInline();
        } else {
            close(why);
        }
    }

    /** Ends it whatever waits. False if it was ended before. */
    boolean close(CloseReason why) {
        int pending = mailbox.size();
        boolean isFirst = gate.close(why);
        if (isFirst) {
            clear(pending);
        }
        return isFirst;
    }

    /**
     * Tells whether the listener has been called with everything up to a revision, and no call is running, or is
     * neither to be called: it is paused or out of demand. The end of a join counts as part of it. By any thread.
     *
     * @param isCaller whether the calling thread has entered the gate, with nothing left to deliver
     */
    boolean hasDelivered(long revision, boolean isCaller) {
        /*
         * In this order: a join begins before the pending changes are dropped, and a call enters before it takes them.
         */
        boolean isReached = mailbox.size() == 0 || progress.deliveredRevision() >= revision;
        boolean isExpected = !gate.isPaused() && isWanted();
        return (!isExpected || (isReached && progress.isSynced())) && (isCaller || !gate.isEntered());
    }

    CompletionStage<CloseReason> ended() {
        return gate.ended();
    }
}
