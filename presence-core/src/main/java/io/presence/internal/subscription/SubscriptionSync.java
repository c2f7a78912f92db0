package io.presence.internal.subscription;

import io.presence.PresenceEvent.Change;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.FilterBudget;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.view.ViewSubscription;
import io.presence.internal.view.Views;
import io.presence.query.Query;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The synchronization of subscriptions: initial snapshot, resume, reset and switch of principal. Each begins a sync
 * epoch at one revision, from which the delivered events add up.
 *
 * <p><b>Threads.</b> Dispatcher only, except {@link #revision} and {@link #token}.
 */
final class SubscriptionSync {

    private final Matcher matcher;
    private final History history;
    private final SnapshotScheduler scans;
    private final HistoryReplays replays;
    private final Views views;
    private final ResumeTokens tokens = new ResumeTokens();
    private volatile long revision;

    /**
     * Starts at revision 0.
     *
     * @param table the presences
     * @param history the changes for subscriptions that resume
     * @param views the views, whose followers are synchronized with them
     * @param failed called with a subscription whose synchronization has thrown, which it closes; must not throw
     */
    SubscriptionSync(
            Matcher matcher,
            PresenceTable table,
            History history,
            Views views,
            BiConsumer<LiveSubscription, Throwable> failed) {
        this.matcher = matcher;
        this.views = views;
        this.history = history;
        this.replays = new HistoryReplays(history, table);
        this.scans = new SnapshotScheduler(table, new SnapshotScheduler.Ends() {
            @Override
            public void ended(LiveSubscription subscription, boolean isVisibilityScan, boolean isComplete) {
                SubscriptionSync.this.ended(subscription, isVisibilityScan, isComplete);
            }

            @Override
            public void failed(LiveSubscription subscription, Throwable thrown) {
                failed.accept(subscription, thrown);
            }
        });
    }

    /**
     * Returns the revision of the last change that was delivered to, or enqueued for, all subscriptions. By any thread.
     */
    long revision() {
        return revision;
    }

    /** Called when a change has been delivered to, or enqueued for, each subscription that sees it. */
    void dispatched(StateChange stateChange) {
        stateChange.clearLastEvent();
        advance(stateChange);
    }

    /* The revision is increased even on failure: no two changes may share one. */
    private void advance(@Nullable StateChange stateChange) {
        try {
            history.add(stateChange);
        } finally {
            long next = revision + 1;
            revision = next;
        }
    }

    /** Adds a subscription, which starts now or resumes. */
    void start(LiveSubscription subscription) {
        if (subscription instanceof ViewSubscription follower) {
            views.start(follower);
            return;
        }
        matcher.add(subscription);
        SubscriptionOptions options = subscription.options();
        String token = options.resumeFrom();
        if (token != null) {
            resume(subscription, token);
        } else if (options.hasSnapshot()) {
            scans.startSnapshot(subscription, revision);
        } else {
            subscription.startAt(revision);
        }
    }

    private void resume(LiveSubscription subscription, String token) {
        long since = tokens.revision(subscription, token);
        if (!history.reaches(since)) {
            subscription.reset();
            scans.startSnapshot(subscription, revision);
            return;
        }
        if (since == revision) {
            subscription.sync(revision);
        } else {
            replays.start(subscription, since);
        }
    }

    /** Resets a subscription of which changes were lost, or whose start failed. */
    void reset(LiveSubscription subscription) {
        if (!subscription.isOpen()) {
            return;
        }
        if (subscription instanceof ViewSubscription follower) {
            views.reset(follower);
            return;
        }
        replays.drop(subscription);
        if (subscription.handle() == null) {
            matcher.add(subscription);
        }
        subscription.resetWithSnapshot();
    }

    /** Removes a closed subscription. */
    void forget(LiveSubscription subscription) {
        if (subscription instanceof ViewSubscription follower) {
            views.forget(follower);
            return;
        }
        replays.drop(subscription);
        matcher.remove(subscription);
    }

    /** Starts a snapshot for a subscription whose listener has been reset. */
    void resetDelivered(LiveSubscription subscription) {
        if (subscription instanceof ViewSubscription follower) {
            views.resetDelivered(follower);
        } else if (subscription.isResetting()) {
            replays.drop(subscription);
            /* In this order: should one fail, this can be repeated. */
            scans.startSnapshot(subscription, revision);
            subscription.resetDelivered();
        }
    }

    /** Switches a held subscription to another principal. */
    void switchPrincipal(LiveSubscription subscription, Access access) {
        if (subscription instanceof ViewSubscription follower) {
            views.switchPrincipal(follower, access);
            return;
        }
        replays.drop(subscription);
        if (subscription.channel().action() != null || subscription.isResetting()) {
            subscription.access(access);
            subscription.drop();
            reindex(subscription);
            subscription.release();
        } else if (subscription.isSynced()) {
            Access previous = subscription.access();
            Query.Filter before = subscription.condition();
            /* Before the revision advances: a token of that revision would not be of what the listener has seen. */
            subscription.beginSync();
            advance(null);
            subscription.access(access);
            matcher.widenTo(subscription, before);
            scans.startVisibilityScan(subscription, revision, previous, before);
        } else {
            subscription.reset();
            subscription.access(access);
            scans.startSnapshot(subscription, revision);
            reindex(subscription);
            subscription.release();
        }
    }

    private void reindex(LiveSubscription subscription) {
        matcher.remove(subscription);
        matcher.add(subscription);
    }

    private void ended(LiveSubscription subscription, boolean isVisibilityScan, boolean isComplete) {
        if (isVisibilityScan) {
            if (subscription.isOpen()) {
                reindex(subscription);
            }
            subscription.release();
        }
        if (isComplete) {
            subscription.sync(revision);
        }
    }

    /** Delivers a change to a subscription that sees the state before or after it. */
    void deliver(LiveSubscription subscription, StateChange stateChange, Change change) {
        if (!replays.contains(subscription)) {
            scans.deliver(subscription, stateChange, change);
        }
    }

    /** Enqueues an unevaluated change for a subscription that may see the state before or after it. */
    void enqueueUnevaluated(LiveSubscription subscription, StateChange stateChange) {
        if (!replays.contains(subscription)) {
            scans.enqueueUnevaluated(subscription, stateChange);
        }
    }

    /**
     * Advances replays and scans.
     *
     * @param dispatched the number of presences that the duty cycle has dispatched
     */
    int advance(int dispatched, FilterBudget allowance) {
        int replayed = replays.advance(revision, dispatched);
        return replayed + scans.advance(revision, dispatched, allowance) + views.advance(revision);
    }

    /** Returns whether {@link #advance(int, FilterBudget)} would make progress. */
    boolean canAdvance() {
        return !replays.isEmpty() || scans.canAdvance() || views.canAdvance();
    }

    /** Returns the resume token of a revision. By any thread. */
    String token(LiveSubscription subscription, long at) {
        return tokens.token(subscription, at);
    }
}
