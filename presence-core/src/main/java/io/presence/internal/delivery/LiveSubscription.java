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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One subscription: its channel, filter, principal and options, its mailbox, and the delivery to its listener.
 *
 * <p><b>Threads.</b> The methods of {@link Subscription} by any thread, the rest by the dispatcher unless a method says
 * otherwise.
 */
public class LiveSubscription implements Subscription, DrainContext, RetentionPolicy {

    /* The most changes that a snapshot scan leaves pending in a mailbox. */
    private static final int SNAPSHOT_CAPACITY = 1024;

    /* If more changes are pending than this, the dispatcher evaluates them. */
    private static final int MAX_UNEVALUATED = 1024;

    /* Flags in the word of reminders, beside the reasons. */
    private static final int WATCHED = 1 << 30;
    private static final int UNEVALUATED = 1 << 29;
    private static final int REASONS = ~(WATCHED | UNEVALUATED);

    /* No VarHandle: the JVM links each kind of its calls when it is first made, which fails without memory. */
    private static final AtomicIntegerFieldUpdater<LiveSubscription> REMINDERS =
            AtomicIntegerFieldUpdater.newUpdater(LiveSubscription.class, "reminders");

    private final Channel channel;
    private final Query.Filter filter;
    private final SubscriptionOptions options;
    private final Mailbox mailbox;
    private final ListenerDelivery delivery;
    private volatile Access access;
    private @Nullable Handle<LiveSubscription> handle;
    private int openIndex;
    private boolean isResetting;
    private volatile boolean isPostponed;
    private volatile boolean isScanning;
    private volatile boolean isAwaited;
    private volatile @Nullable VisibilityDigest visibilityDigest;
    private volatile int reminders;
    /* The next element of the stack in Reminders. Written before the compare-and-set that publishes this one. */
    private @Nullable LiveSubscription nextReminder;

    /**
     * Creates an open subscription that is not started.
     *
     * @throws IllegalArgumentException if the options can lead to a reset that the listener does not support
     */
    public LiveSubscription(
            DeliveryHost host,
            Channel channel,
            Access access,
            Query.Filter filter,
            SubscriptionOptions options,
            PresenceListener listener) {
        ResetSupport.require(options, listener);
        this.channel = channel;
        this.access = access;
        this.filter = filter;
        this.options = options;
        this.mailbox = new Mailbox(host.counters());
        this.delivery = new ListenerDelivery(host, this, mailbox, listener);
    }

    /* Read from the delivery to save a field per subscription. */
    private DeliveryHost host() {
        return delivery.host();
    }

    private DeliveryProgress progress() {
        return delivery;
    }

    /** Returns the channel. By any thread. */
    public Channel channel() {
        return channel;
    }

    /** Returns the filter of the queries, without channel and permissions. By any thread. */
    @Override
    public Query.Filter filter() {
        return filter;
    }

    /* By the draining thread. */
    @Override
    public FilterBudget budget() {
        return host().allowance();
    }

    /* By the draining thread. */
    @Override
    public void filterEvaluated(long operations) {
        host().filterEvaluated(this, operations);
    }

    /* By the draining thread. */
    @Override
    public void allEvaluated() {
        clearFlags(UNEVALUATED);
    }

    /** Returns whether a change that is not evaluated yet may be pending. A racy reading. By any thread. */
    public boolean hasUnevaluated() {
        return (reminders & UNEVALUATED) != 0;
    }

    /** Returns the options. By any thread. */
    public SubscriptionOptions options() {
        return options;
    }

    /** Returns the access of the principal. By any thread. */
    public Access access() {
        return access;
    }

    /** Sets the access of another principal. */
    public void access(Access newAccess) {
        access = newAccess;
    }

    /** Returns the condition of visibility: on the channel, readable, and matched by the filter. */
    public Query.Filter condition() {
        String id = channel.presenceId();
        Query.Filter onChannel = id == null ? Query.everything() : Query.equal("$id", id);
        return Query.and(onChannel, access.readable(), filter);
    }

    /** Returns the user whose limit on subscriptions applies, or null for none. By any thread. */
    public @Nullable String limitedUser() {
        return access.limitedUser();
    }

    /** Returns whether the dispatcher has started this, so that it receives changes. By the dispatcher. */
    public boolean isStarted() {
        return handle != null;
    }

    /** Returns the handle in the subscription index, or null if not indexed. */
    public @Nullable Handle<LiveSubscription> handle() {
        return handle;
    }

    /** Sets the handle in the subscription index, or null if not indexed. */
    public void handle(@Nullable Handle<LiveSubscription> indexed) {
        handle = indexed;
    }

    /**
     * Returns the digest of the condition of visibility, computed once for each principal. Two threads can compute it
     * at the same time. By any thread.
     */
    public byte[] visibilityDigest(Function<Access, byte[]> compute) {
        Access current = access;
        VisibilityDigest known = visibilityDigest;
        if (known == null || known.access() != current) {
            known = new VisibilityDigest(current, compute.apply(current));
            visibilityDigest = known;
        }
        return known.digest();
    }

    /* Returns the word before. */
    private int setFlags(int flags) {
        int seen = reminders;
        while (!REMINDERS.compareAndSet(this, seen, seen | flags)) {
            seen = reminders;
        }
        return seen;
    }

    /* Returns the word before. */
    private int clearFlags(int flags) {
        int seen = reminders;
        while (!REMINDERS.compareAndSet(this, seen, seen & ~flags)) {
            seen = reminders;
        }
        return seen;
    }

    /* Adds reasons. Returns whether there were none before. By any thread. */
    boolean remind(int reasons) {
        return (setFlags(reasons) & REASONS) == 0;
    }

    void nextReminder(@Nullable LiveSubscription next) {
        nextReminder = next;
    }

    @Nullable LiveSubscription takeNextReminder() {
        LiveSubscription next = nextReminder;
        nextReminder = null;
        return next;
    }

    int takeReminders() {
        return clearFlags(REASONS) & REASONS;
    }

    public void setWatched(boolean is) {
        if (is) {
            setFlags(WATCHED);
        } else {
            clearFlags(WATCHED);
        }
    }

    /** Returns whether the drain watch includes this subscription. By any thread. */
    public boolean isWatched() {
        return (reminders & WATCHED) != 0;
    }

    /** Returns the ticket of the drain that is scheduled and has not begun, or -1. By any thread. */
    public int scheduledDrain() {
        return mailbox.scheduled();
    }

    /** Returns whether no drain is scheduled or running. By any thread. */
    public boolean isDrainIdle() {
        return mailbox.isIdle();
    }

    public int submitAgain(int ticket, long nanos) {
        int renewed = delivery.submitAgain(ticket);
        if (renewed >= 0) {
            host().overdue(this, nanos);
        }
        return renewed;
    }

    /** Schedules a drain if a change is pending that can be delivered. By any thread. */
    public void signalIfDeliverable() {
        if (!mailbox.isEmpty() && delivery.isDeliverable()) {
            delivery.scheduleDrain();
        }
    }

    int openIndex() {
        return openIndex;
    }

    void openIndex(int moved) {
        openIndex = moved;
    }

    /** Returns whether the listener can still be called. By any thread. */
    public boolean isOpen() {
        return !delivery.caller().isClosed();
    }

    /** Returns whether the last call of the listener has ended. By any thread. */
    public boolean hasEnded() {
        return delivery.caller().hasEnded();
    }

    /** Returns whether a thread is within a call of the listener. By any thread. */
    public boolean isCalledBy(Thread thread) {
        return delivery.caller().isCalledBy(thread);
    }

    /** Returns whether a thread has made the last call of the listener that has ended. By that thread. */
    public boolean wasCalledBy(Thread thread) {
        return delivery.caller().wasCalledBy(thread);
    }

    /** Returns whether the running call, or else the last one, is known to be on another thread. By any thread. */
    public boolean wasCalledByOtherThan(Thread thread) {
        return delivery.caller().wasCalledByOtherThan(thread);
    }

    /** Returns the executor that drains the mailbox, or null for the dispatcher. By any thread. */
    public @Nullable Executor executor() {
        return delivery.ownExecutor();
    }

    /**
     * Returns the value of {@link DeliveryHost#nanos} when the running call started, or {@link Long#MIN_VALUE} if none
     * runs. By any thread.
     */
    public long calledSince() {
        return delivery.calledSince();
    }

    /** Records the revision of a change that matches this subscription and is about to be delivered to it. */
    public void matchingAt(long revision) {
        progress().matchingAt(revision);
    }

    /** Records the revision of a change that was matched with this subscription, and delivered or enqueued. */
    public void matchedAt(long revision) {
        progress().matchedAt(revision);
    }

    /** Returns whether the change of a revision was matched with this subscription, and delivered or enqueued. */
    public boolean isMatchedAt(long revision) {
        return progress().isMatchedAt(revision);
    }

    /** Returns whether the delivery of the change of a revision was interrupted, so that it may be lost. */
    public boolean isInterruptedAt(long revision) {
        return progress().isInterruptedAt(revision);
    }

    /** Returns whether a snapshot scan or visibility scan is running, which decides the effect of each change. */
    public boolean isScanning() {
        return isScanning;
    }

    /** Returns the {@linkplain AdaptedListener#meaning meaning} of an adapted listener, or null. By any thread. */
    public @Nullable String listenerMeaning() {
        return delivery.caller().meaning();
    }

    /** Returns the number of the latest sync epoch. */
    public int syncEpoch() {
        return progress().syncEpoch();
    }

    /** Returns whether the subscription is in sync, as delivered to the listener. By any thread. */
    public boolean isSynced() {
        return progress().isSynced();
    }

    /** Returns whether a reset is pending, during which no change is enqueued. */
    public boolean isResetting() {
        return isResetting;
    }

    /** Sets the delivered revision of a subscription without a snapshot. */
    public void startAt(long revision) {
        progress().startAt(revision);
    }

    /** Returns whether a state is on the channel and readable by the principal. */
    public boolean canSee(@Nullable PresenceState state) {
        return state != null && canSee(state, access);
    }

    /** Returns whether a state is on the channel and readable by another principal. */
    public boolean canSee(PresenceState state, Access reader) {
        String id = channel.presenceId();
        return (id == null || id.equals(state.id())) && reader.canRead(state);
    }

    /** Marks this as postponed to a later duty cycle. Returns false if it was marked. By the draining thread. */
    public boolean postpone() {
        boolean isFirst = !isPostponed;
        isPostponed = true;
        return isFirst;
    }

    /** Undoes {@link #postpone}. By the draining thread. */
    public void cancelPostponed() {
        isPostponed = false;
    }

    /** Continues a postponed drain. */
    public void resumeDrain() {
        isPostponed = false;
        delivery.scheduleOrRunInline();
    }

    /** Begins a sync epoch, which {@link #sync} completes. */
    public void beginSync() {
        progress().beginSync();
    }

    /** Enqueues a reset in place of what is pending, and begins a sync epoch. */
    public void reset() {
        progress().beginSync();
        mailbox.reset();
        host().counters().reset();
        delivery.scheduleOrRunInline();
        recordReset();
    }

    private void recordReset() {
        if (host().counters().isResetRecorded()) {
            host().counters().recordReset(description());
        }
    }

    /** Records that the listener was called after changes were conflated. By the draining thread. */
    void recordConflation(int changes) {
        if (host().counters().isConflationRecorded()) {
            host().counters().recordConflation(description(), changes);
        }
    }

    /** Ends the pending reset: the listener has received it, and changes are enqueued again. */
    public void resetDelivered() {
        isResetting = false;
    }

    /** Sets whether a snapshot scan or visibility scan is running. */
    public void setScanning(boolean isRunning) {
        isScanning = isRunning;
    }

    /** Returns whether the mailbox has capacity for more of a snapshot. */
    public boolean hasCapacity() {
        return mailbox.size() < Math.min(SNAPSHOT_CAPACITY, options.maxPending());
    }

    /* By the draining thread, after a slice. */
    void drained() {
        if (isScanning) {
            host().capacityAvailable();
        }
        if (isAwaited) {
            host().progressed(this, false);
        }
    }

    /* By the draining thread, within the call gate, before the last call. */
    void ending() {
        if (isAwaited) {
            host().progressed(this, true);
        }
    }

    /**
     * Sets whether a call of {@code delivered()} waits for this subscription, so that it reports progress. By any
     * thread.
     */
    public void setAwaited(boolean is) {
        isAwaited = is;
    }

    /**
     * Returns whether the listener has been called with everything up to a revision, or cannot be called. By any
     * thread.
     *
     * @param isCaller whether the calling thread has entered the call gate and has nothing left to deliver
     */
    public boolean hasDelivered(long revision, boolean isCaller) {
        return delivery.hasDelivered(revision, isCaller);
    }

    /**
     * Delivers a change inline, or enqueues it.
     *
     * @param change the effect on the visible presences
     */
    public void deliver(StateChange stateChange, Change change) {
        if (isResetting || !isOpen() || !stateChange.isOn(channel.action())) {
            return;
        }
        if (!delivery.deliverInline(stateChange, change)) {
            enqueue(stateChange, change);
        }
    }

    /** Enqueues a change. Resets the listener if an Error prevents that. Does not throw. */
    public void enqueue(StateChange stateChange, Change change) {
        enqueue(stateChange, FilterResult.of(change != Change.ENTER), FilterResult.of(change != Change.EXIT));
    }

    /**
     * Enqueues a change whose filter the draining thread evaluates. Delivers it if the filter is empty.
     *
     * @param before whether the previous state is delivered if the filter matches it
     * @param after whether the new state is visible if the filter matches it
     */
    public void enqueueUnevaluated(StateChange stateChange, boolean before, boolean after) {
        if (filter.equals(Query.everything())) {
            deliver(stateChange, StateChange.visibility(before, after));
        } else if (!isResetting && isOpen() && stateChange.isOn(channel.action())) {
            host().counters().deferred();
            setFlags(UNEVALUATED);
            enqueue(
                    stateChange,
                    before ? FilterResult.UNEVALUATED : FilterResult.NO,
                    after ? FilterResult.UNEVALUATED : FilterResult.NO);
        }
    }

    private void enqueue(StateChange stateChange, FilterResult before, FilterResult after) {
        boolean isOverflowing = false;
        try {
            Cause cause = after == FilterResult.NO ? stateChange.causeFor(access) : null;
            if (isOfOneAction() || before == FilterResult.UNEVALUATED) {
                isOverflowing = mailbox.addWeighed(stateChange, before, after, cause, this);
            } else {
                mailbox.add(stateChange, before, after, cause);
            }
        } catch (Throwable failure) {
            lose(failure);
            return;
        }
        if (isOverflowing || isOverLimit()) {
            overflow();
        } else {
            delivery.scheduleIfDeliverable();
        }
    }

    /*
     * Unevaluated changes may turn out to be invisible, and a paused listener evaluates none. So the dispatcher
     * evaluates as many as the budget allows before it resets the listener.
     */
    private boolean isOverLimit() {
        int limit = options.maxPending();
        int max = Math.min(limit, MAX_UNEVALUATED);
        if (mailbox.size() > max && hasUnevaluated()) {
            try {
                mailbox.evaluatePending(max, this);
            } catch (Throwable failure) {
                host().drainFailed(this, mailbox.hasLost(), failure);
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
        return host().isHeld(state);
    }

    /** Notes that a change was lost: nothing is delivered until a reset, or the end. */
    public void holdLost() {
        mailbox.lose();
    }

    /**
     * Notes that a change could not be enqueued: nothing is delivered until the listener is reset, which the dispatcher
     * does in a later duty cycle. Does not throw.
     */
    public void lose(Throwable failure) {
        holdLost();
        host().drainFailed(this, true, failure);
    }

    /* A listener that does not support resets must not continue as if no change were missing. */
    private void overflow() {
        if (hearsResets() || options.maxPending() != Integer.MAX_VALUE) {
            resetWithSnapshot();
        } else {
            isResetting = true;
            mailbox.drop();
            end(CloseReason.OVERFLOWED);
            host().closed(this);
        }
    }

    private boolean hearsResets() {
        return options.ignoresResets() || delivery.caller().supportsReset();
    }

    /**
     * Resets the listener and then delivers a snapshot. A channel of one action has no snapshot: its listener is reset
     * if it supports that, and continues with later changes.
     */
    public void resetWithSnapshot() {
        if (channel.action() != null) {
            skip();
            return;
        }
        isResetting = true;
        try {
            reset();
        } catch (Throwable failure) {
            lose(failure);
        }
    }

    private void skip() {
        if (hearsResets()) {
            mailbox.reset();
            host().counters().reset();
            delivery.scheduleIfDeliverable();
            recordReset();
        } else {
            mailbox.drop();
            host().lost(this);
        }
    }

    /** Enqueues the sync marker of a revision. */
    public void sync(long revision) {
        mailbox.sync(revision, progress().syncEpoch());
        delivery.scheduleOrRunInline();
    }

    /** Schedules a drain unless one is scheduled. By any thread. */
    public void signal() {
        delivery.scheduleDrain();
    }

    /** Delivers what is pending, then the end. */
    public void end(CloseReason why) {
        delivery.end(why);
    }

    /** Drops what is pending and delivers the end, in a store that continues without this subscription. */
    public void endAlone(CloseReason why) {
        mailbox.drop();
        end(why);
        host().closed(this);
    }

    /** Ends the subscription and drops what is pending. By any thread. */
    public void endNow(CloseReason why) {
        delivery.close(why);
    }

    /** Drops what is pending, after the close. */
    public void clear() {
        mailbox.clear();
    }

    /** Drops what is pending. The subscription continues. */
    public void drop() {
        mailbox.drop();
    }

    /** Holds all calls until {@link #release}. By any thread. */
    public void hold() {
        delivery.caller().hold();
    }

    /** Releases held calls. By any thread. */
    public void release() {
        delivery.caller().release();
        delivery.scheduleDrain();
    }

    @Override
    public void pause() {
        delivery.caller().pause();
        if (isAwaited) {
            host().progressed(this, false);
        }
    }

    @Override
    public void resume() {
        delivery.caller().resume();
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
        int epoch = progress().syncEpoch();
        long position = reached(progress().deliveredRevision());
        return progress().isSynced(epoch) ? position : -1;
    }

    @Override
    public String resumeToken() {
        int epoch = progress().syncEpoch();
        String token = host().resumeToken(this, reached(progress().exactRevision()));
        return progress().isSynced(epoch) ? token : host().resumeToken(this, -1);
    }

    /*
     * The order of the reads matters. A change is counted as pending before the dispatcher publishes its revision, and
     * pending changes are dropped after the close. A sync epoch begins before pending changes are dropped or the
     * principal is switched; if the epoch is the same and complete afterwards, the position is valid.
     */
    private long reached(long fallback) {
        long dispatched = host().revision();
        boolean isAllDelivered = mailbox.isAllTaken() && isOpen();
        return isAllDelivered ? Math.max(dispatched, progress().deliveredRevision()) : fallback;
    }

    @Override
    public void switchPrincipal(Principal principal) {
        Access newAccess = host().access(requireNonNull(principal, "principal must not be null"));
        newAccess.require(Scope.PRESENCES_READ);
        host().principalSwitched(this, newAccess);
    }

    @Override
    public void close() {
        try {
            if (delivery.close(CloseReason.CLOSED)) {
                host().closed(this);
            }
        } catch (Throwable failure) {
            if (!isOpen()) {
                host().closed(this);
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
