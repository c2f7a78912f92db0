package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.presence.Channel;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceListener;
import io.presence.Principal;
import io.presence.Scope;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceState;
import io.presence.query.Handle;
import io.presence.query.Query;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A subscription: who it is, what it may see and what it asked for, and what it has yet to be told.
 *
 * <p><b>Threads.</b> What implements {@link Subscription} is for any thread, the rest for the dispatcher unless it says
 * otherwise.
 */
public final class LiveSubscription implements Subscription, DrainContext, RetentionPolicy {

    /* What a subscription that is being told what there is may have waiting; the rest waits in the store. */
    private static final int ROOM = 1024;

    /* More changes than this are decided by the dispatcher if they were left open. */
    private static final int MOST_OPEN = 1024;

    /* In the word of reminders, beside what they are. */
    private static final int WATCHED = 1 << 30;
    private static final int OPEN_CHANGES = 1 << 29;
    private static final int REASONS = ~(WATCHED | OPEN_CHANGES);

    private static final VarHandle REMINDERS;

    static {
        try {
            REMINDERS = MethodHandles.lookup().findVarHandle(LiveSubscription.class, "reminders", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Channel channel;
    private final Query.Filter filter;
    private final SubscriptionOptions options;
    private final Mailbox mailbox;
    private final ListenerDelivery delivery;
    private volatile Access access;
    private @Nullable Handle<LiveSubscription> handle;
    private int place;
    private boolean isStartingOver;
    private volatile boolean isPutOff;
    /* The lower half of a revision. */
    private int matchedAt = -1;
    private volatile boolean isWalking;
    private volatile boolean isAwaited;
    private volatile @Nullable VisibilityDigest sight;
    private volatile int reminders;
    /* Written by the thread that added the first reminder; the stack publishes it. */
    private @Nullable LiveSubscription nextReminded;

    /** Makes an open subscription that nobody calls yet. */
    public LiveSubscription(
            DeliveryHost bus,
            Channel channel,
            Access access,
            Query.Filter filter,
            SubscriptionOptions options,
            PresenceListener listener) {
        this.channel = channel;
        this.access = access;
        this.filter = filter;
        this.options = options;
        this.mailbox = new Mailbox(bus.counters());
        this.delivery = new ListenerDelivery(bus, this, mailbox, listener);
    }

    /* Kept once, there: subscriptions are many. */
    private DeliveryHost bus() {
        return delivery.bus();
    }

    private DeliveryProgress progress() {
        return delivery.progress();
    }

    /** What it is on. By any thread. */
    public Channel channel() {
        return channel;
    }

    /** What it asked for. By any thread. */
    @Override
    public Query.Filter filter() {
        return filter;
    }

    /* By the draining thread. */
    @Override
    public FilterBudget budget() {
        return bus().allowance();
    }

    /* By the draining thread. */
    @Override
    public void filterEvaluated(long operations) {
        bus().filterEvaluated(this, operations);
    }

    /* By the draining thread. */
    @Override
    public void allEvaluated() {
        REMINDERS.getAndBitwiseAnd(this, ~OPEN_CHANGES);
    }

    /** Tells whether a change was left open that may still be pending. A racy reading. By any thread. */
    public boolean hasOpenChanges() {
        return (reminders & OPEN_CHANGES) != 0;
    }

    /** How it was made. By any thread. */
    public SubscriptionOptions options() {
        return options;
    }

    /** Who it is. By any thread. */
    public Access access() {
        return access;
    }

    /** Makes it somebody else's. */
    public void access(Access changed) {
        access = changed;
    }

    /** What a state must be to be seen: on the channel, readable, and matching the query. */
    public Query.Filter condition() {
        String one = channel.presenceId();
        Query.Filter onChannel = one == null ? Query.everything() : Query.equal("$id", one);
        return Query.and(onChannel, access.readable(), filter);
    }

    /** By what the index of subscriptions knows it; null if it does not. */
    public @Nullable Handle<LiveSubscription> handle() {
        return handle;
    }

    /** Notes by what the index knows it. */
    public void handle(@Nullable Handle<LiveSubscription> filed) {
        handle = filed;
    }

    /** The digest of what it sees that was computed last, perhaps as another principal. By any thread. */
    public @Nullable VisibilityDigest visibilityDigest() {
        return sight;
    }

    /** Keeps a digest of what it sees. By any thread. */
    public void visibilityDigest(VisibilityDigest computed) {
        sight = computed;
    }

    /* By any thread. True if there was no reminder. */
    boolean remind(int reasons) {
        return ((int) REMINDERS.getAndBitwiseOr(this, reasons) & REASONS) == 0;
    }

    void reminded(@Nullable LiveSubscription next) {
        nextReminded = next;
    }

    @Nullable LiveSubscription takeNextReminded() {
        LiveSubscription next = nextReminded;
        nextReminded = null;
        return next;
    }

    int takeReminders() {
        return (int) REMINDERS.getAndBitwiseAnd(this, ~REASONS) & REASONS;
    }

    void watched(boolean is) {
        if (is) {
            REMINDERS.getAndBitwiseOr(this, WATCHED);
        } else {
            REMINDERS.getAndBitwiseAnd(this, ~WATCHED);
        }
    }

    /** Tells whether the dispatcher looks after its turns. By any thread. */
    public boolean isWatched() {
        return (reminders & WATCHED) != 0;
    }

    /** The ticket of the turn that is scheduled and has not begun, or -1. By any thread. */
    int scheduledDrain() {
        return mailbox.scheduled();
    }

    /** Tells whether no turn is scheduled or running. By any thread. */
    boolean isDrainIdle() {
        return mailbox.isIdle();
    }

    int submitAgain(int ticket, long waited) {
        int renewed = delivery.submitAgain(ticket);
        if (renewed >= 0) {
            bus().overdue(this, waited);
        }
        return renewed;
    }

    /** Has a turn taken if something is pending that can be delivered. By any thread. */
    void signalIfDeliverable() {
        if (!mailbox.isEmpty() && delivery.isDeliverable()) {
            delivery.scheduleDrain();
        }
    }

    int place() {
        return place;
    }

    void place(int moved) {
        place = moved;
    }

    /** Tells whether it may still be called. By any thread. */
    public boolean isOpen() {
        return !delivery.gate().isClosed();
    }

    /** Tells whether its last call has ended. By any thread. */
    public boolean hasEnded() {
        return delivery.gate().hasEnded();
    }

    /** Tells whether a thread is within a call of its listener. By any thread. */
    public boolean isCalledBy(Thread thread) {
        return delivery.gate().isCalledBy(thread);
    }

    /** Tells whether a thread has made the last call of its listener that has ended. By that thread. */
    public boolean wasCalledBy(Thread thread) {
        return delivery.gate().wasCalledBy(thread);
    }

    /**
     * Tells whether the call that is running, or the last one that has ended, is known to be another thread's. By any
     * thread.
     */
    public boolean wasCalledByOtherThan(Thread thread) {
        return delivery.gate().wasCalledByOtherThan(thread);
    }

    /** Returns the executor that runs its turns, or null for the dispatcher. By any thread. */
    public @Nullable Executor executor() {
        return delivery.ownExecutor();
    }

    /**
     * Returns the reading of {@link DeliveryHost#nanos} at which the running call started, or {@link Long#MIN_VALUE}. By any
     * thread.
     */
    public long calledSince() {
        return delivery.calledSince();
    }

    /** Notes that a step was found to concern it, and is being delivered. */
    public void matchedAt(long revision) {
        matchedAt = (int) revision;
    }

    /** Returns whether the step of a revision was found to concern it. */
    public boolean isMatchedAt(long revision) {
        return matchedAt == (int) revision;
    }

    /** Returns whether it joins, so that each step is judged by the walk. */
    public boolean isScanning() {
        return isWalking;
    }

    /** The number of the join that has begun last. */
    public int syncEpoch() {
        return progress().syncEpoch();
    }

    /** Tells whether the listener has been told to be in sync since the last join began. By any thread. */
    public boolean isSynced() {
        return progress().isSynced();
    }

    /** Tells whether nothing is left for it, since it has yet to be told to start over. */
    public boolean isResetting() {
        return isStartingOver;
    }

    /** Counts what there is at a revision as told. */
    public void startAt(long revision) {
        progress().startAt(revision);
    }

    /** Tells whether it sees a state if its filter holds for that. */
    public boolean canSee(@Nullable PresenceState state) {
        return state != null && canSee(state, access);
    }

    /** Tells whether it saw a state, as somebody else, if its filter holds for that. */
    public boolean canSee(PresenceState state, Access reader) {
        String one = channel.presenceId();
        return (one == null || one.equals(state.id())) && reader.canRead(state);
    }

    /**
     * Notes that the dispatcher has to go on with it in a later round. False if that was noted. By the draining thread.
     */
    public boolean postpone() {
        boolean isFirst = !isPutOff;
        isPutOff = true;
        return isFirst;
    }

    /** Undoes {@link #postpone}. By the draining thread. */
    public void cancelPostponed() {
        isPutOff = false;
    }

    /** Goes on with one that was put off. */
    public void resumeDrain() {
        isPutOff = false;
        delivery.scheduleOrRunInline();
    }

    /** Begins a join, which {@link #sync} completes. */
    public void beginSync() {
        progress().beginSync();
    }

    /** Makes what was told void, and whatever waits, and begins a join. */
    public void reset() {
        progress().beginSync();
        mailbox.reset();
        bus().counters().reset();
        delivery.scheduleOrRunInline();
    }

    /** Notes that it has been told to start over, and is ready to be told what there is. */
    public void resetDelivered() {
        isStartingOver = false;
    }

    /** Notes whether it is being told what there is. */
    public void scanning(boolean walks) {
        isWalking = walks;
    }

    /** Tells whether more of what there is may be left for it now. */
    public boolean hasCapacity() {
        return mailbox.size() < Math.min(ROOM, options.maxPending());
    }

    /* By who has the turn. */
    void drained() {
        if (isWalking) {
            bus().capacityAvailable();
        }
        if (isAwaited) {
            bus().progressed(this, false);
        }
    }

    /* By the draining thread, which has entered the gate to make the last call. */
    void ending() {
        if (isAwaited) {
            bus().progressed(this, true);
        }
    }

    /** Notes whether a call of {@code delivered()} waits for it, so that it reports its progress. By any thread. */
    public void awaited(boolean is) {
        isAwaited = is;
    }

    /**
     * Tells whether the listener has been called with everything up to a revision, or is not to be called. By any
     * thread.
     *
     * @param isCaller whether the calling thread has entered the gate, with nothing left to deliver
     */
    public boolean hasDelivered(long revision, boolean isCaller) {
        return delivery.hasDelivered(revision, isCaller);
    }

    /**
     * Tells it a step of a presence, or leaves it in the mailbox.
     *
     * @param change the effect on what it sees
     */
    public void deliver(StateChange step, Change change) {
        if (isStartingOver || !isOpen() || !step.isOn(channel.action())) {
            return;
        }
        if (!delivery.deliverInline(step, change)) {
            enqueue(step, change);
        }
    }

    /** Leaves a step in the mailbox. If an Error prevents that, the listener is told to start over. Does not throw. */
    public void enqueue(StateChange step, Change change) {
        enqueue(step, FilterResult.of(change != Change.ENTER), FilterResult.of(change != Change.EXIT));
    }

    /**
     * Leaves a step in the mailbox, for the draining thread to find out whether the filter holds; tells it if there is
     * nothing to find out.
     *
     * @param before whether it was told the state before, if its filter holds for that
     * @param after whether it is to be told the state after, if its filter holds for that
     */
    public void enqueueOpen(StateChange step, boolean before, boolean after) {
        if (filter.equals(Query.everything())) {
            deliver(step, StateChange.visibility(before, after));
        } else if (!isStartingOver && isOpen() && step.isOn(channel.action())) {
            bus().counters().deferred();
            REMINDERS.getAndBitwiseOr(this, OPEN_CHANGES);
            enqueue(
                    step,
                    before ? FilterResult.UNEVALUATED : FilterResult.NO,
                    after ? FilterResult.UNEVALUATED : FilterResult.NO);
        }
    }

    private void enqueue(StateChange step, FilterResult before, FilterResult after) {
        boolean isTooMuch = false;
        try {
            Cause cause = after == FilterResult.NO ? step.causeFor(access) : null;
            if (isOfOneAction() || before == FilterResult.UNEVALUATED) {
                isTooMuch = mailbox.addWeighed(step, before, after, cause, this);
            } else {
                mailbox.add(step, before, after, cause);
            }
        } catch (Throwable failure) {
            bus().drainFailed(this, true, failure);
            return;
        }
        if (isTooMuch || isOverLimit()) {
            overflow();
        } else {
            delivery.scheduleIfDeliverable();
        }
    }

    /*
     * A change that was left open may be none that the listener sees, and a listener that is paused decides none. So
     * before a listener starts over, or when many are pending, the dispatcher decides as many as it may.
     */
    private boolean isOverLimit() {
        int limit = options.maxPending();
        int most = Math.min(limit, MOST_OPEN);
        if (mailbox.size() > most && hasOpenChanges()) {
            try {
                mailbox.evaluatePending(most, this);
            } catch (Throwable failure) {
                bus().deliveryFailed(this, failure);
            }
        }
        return mailbox.size() > limit;
    }

    /* By the dispatcher. */
    @Override
    public boolean isOfOneAction() {
        return channel.action() != null;
    }

    /* By the dispatcher. */
    @Override
    public boolean isRetained(PresenceState state) {
        return bus().isHeld(state);
    }

    /* One that can't hear that changes are missing must not go on as if none were. */
    private void overflow() {
        if (hearsResets() || options.maxPending() != Integer.MAX_VALUE) {
            resetWithSnapshot();
        } else {
            isStartingOver = true;
            mailbox.drop();
            end(CloseReason.OVERFLOWED);
            bus().closed(this);
        }
    }

    private boolean hearsResets() {
        return options.ignoresResets() || delivery.gate().supportsReset();
    }

    /**
     * Has the listener called to start over, then with what there is. On a channel of one action there is nothing to
     * start from: it is called to start over, if it can hear that, and goes on with what follows.
     */
    public void resetWithSnapshot() {
        if (channel.action() != null) {
            skip();
            return;
        }
        isStartingOver = true;
        try {
            reset();
        } catch (Throwable failure) {
            bus().drainFailed(this, true, failure);
        }
    }

    private void skip() {
        if (hearsResets()) {
            mailbox.reset();
            bus().counters().reset();
            delivery.scheduleIfDeliverable();
        } else {
            mailbox.drop();
            bus().lost(this);
        }
    }

    /** Leaves word that it is in sync when what waits is told. */
    public void sync(long revision) {
        mailbox.sync(revision, progress().syncEpoch());
        delivery.scheduleOrRunInline();
    }

    /** Has a turn taken, unless one is about to be. By any thread. */
    public void signal() {
        delivery.scheduleDrain();
    }

    /** Has what waits told, then its end. */
    public void end(CloseReason why) {
        delivery.end(why);
    }

    /** Ends it whatever waits. By any thread. */
    public void endNow(CloseReason why) {
        delivery.close(why);
    }

    /** Drops what waits of one that is closed. */
    public void clear() {
        mailbox.clear();
    }

    /** Drops what waits, and goes on. */
    public void drop() {
        mailbox.drop();
    }

    /** Lets no call start until {@link #release}. By any thread. */
    public void hold() {
        delivery.gate().hold();
    }

    /** Lets calls start again that were held. By any thread. */
    public void release() {
        delivery.gate().release();
        delivery.scheduleDrain();
    }

    @Override
    public void pause() {
        delivery.gate().pause();
        if (isAwaited) {
            bus().progressed(this, false);
        }
    }

    @Override
    public void resume() {
        delivery.gate().resume();
        delivery.scheduleDrain();
    }

    @Override
    public void request(long more) {
        if (more <= 0) {
            throw new IllegalArgumentException("more must be positive: " + more);
        }
        delivery.request(more);
    }

    @Override
    public int pendingCount() {
        return mailbox.size();
    }

    @Override
    public long revision() {
        int join = progress().syncEpoch();
        long reached = reached(progress().deliveredRevision());
        return progress().isSynced(join) ? reached : -1;
    }

    @Override
    public String resumeToken() {
        int join = progress().syncEpoch();
        String token = bus().resumeToken(this, reached(progress().exactRevision()));
        return progress().isSynced(join) ? token : bus().resumeToken(this, -1);
    }

    /*
     * The order of reading matters: a step that is left for this is counted as such before it is in the bus's revision,
     * and what waits is dropped after this is closed. And a join begins before what waits is dropped, or what is in
     * sight becomes another: so who finds the same join complete afterwards was not misled.
     */
    private long reached(long otherwise) {
        long dispatched = bus().revision();
        boolean isToldAll = mailbox.size() == 0 && isOpen();
        return isToldAll ? Math.max(dispatched, progress().deliveredRevision()) : otherwise;
    }

    @Override
    public void switchPrincipal(Principal changed) {
        Access theirs = bus().access(requireNonNull(changed, "principal must not be null"));
        theirs.require(Scope.PRESENCES_READ);
        bus().principalSwitched(this, theirs);
    }

    @Override
    public void close() {
        try {
            if (delivery.close(CloseReason.CLOSED)) {
                bus().closed(this);
            }
        } catch (Throwable failure) {
            if (!isOpen()) {
                bus().closed(this);
            }
            throw failure;
        }
    }

    /** Describes it for logs: its name if it has one, the channel, and the principal. By any thread. */
    public String description() {
        String name = options.name();
        return "subscription" + (name == null ? "" : " " + name) + " to " + channel + " as " + access;
    }

    @Override
    public String toString() {
        return description();
    }

    @Override
    public CompletionStage<CloseReason> closeFuture() {
        return delivery.ended();
    }
}
