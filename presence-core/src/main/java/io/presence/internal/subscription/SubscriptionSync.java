package io.presence.internal.subscription;

import io.presence.PresenceEvent.Change;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.FilterBudget;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceTable;
import io.presence.query.Query;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How subscriptions come to see what they see: when they start, return, start over, or become another principal's. Each
 * time a join begins, at one revision, and what is told from there on adds up.
 *
 * <p><b>Threads.</b> Dispatcher only, but for {@link #token}.
 */
final class SubscriptionSync {

    private final Matcher matcher;
    private final History history;
    private final SnapshotScheduler walks;
    private final HistoryReplays replays;
    private final ResumeTokens tokens = new ResumeTokens();
    private volatile long revision;

    /**
     * Starts at revision 0.
     *
     * @param matcher finds subscriptions by what they see
     * @param entries has the presences
     * @param history the steps for subscriptions that return
     * @param failed closes a subscription whose join has thrown; must not throw
     */
    SubscriptionSync(
            Matcher matcher, PresenceTable entries, History history, BiConsumer<LiveSubscription, Throwable> failed) {
        this.matcher = matcher;
        this.history = history;
        this.replays = new HistoryReplays(history, entries);
        this.walks = new SnapshotScheduler(entries, new SnapshotScheduler.Ends() {
            @Override
            public void ended(LiveSubscription subscription, boolean isPassage, boolean isComplete) {
                SubscriptionSync.this.ended(subscription, isPassage, isComplete);
            }

            @Override
            public void failed(LiveSubscription subscription, Throwable thrown) {
                failed.accept(subscription, thrown);
            }
        });
    }

    /** The revision of the last step that every subscription has been left. By any thread. */
    long revision() {
        return revision;
    }

    /** Notes that a step has been left for every subscription that it concerns. */
    void dispatched(StateChange step) {
        step.clearLastEvent();
        advance(step);
    }

    /* The revision rises in any case: no two steps may have one. */
    private void advance(@Nullable StateChange step) {
        try {
            history.add(step);
        } finally {
            long following = revision + 1;
            revision = following;
        }
    }

    /** Takes in a subscription, from now on or from where it left. */
    void start(LiveSubscription subscription) {
        matcher.add(subscription);
        SubscriptionOptions options = subscription.options();
        String token = options.resumeFrom();
        if (token != null) {
            resume(subscription, token);
        } else if (options.hasSnapshot()) {
            walks.startSnapshot(subscription, revision);
        } else {
            subscription.startAt(revision);
        }
    }

    private void resume(LiveSubscription subscription, String token) {
        long since = tokens.revision(subscription, token);
        if (!history.reaches(since)) {
            subscription.reset();
            walks.startSnapshot(subscription, revision);
            return;
        }
        if (since == revision) {
            subscription.sync(revision);
        } else {
            replays.start(subscription, since);
        }
    }

    /** Has a subscription of which changes were lost, or that could not be taken in, start over. */
    void reset(LiveSubscription subscription) {
        if (subscription.isOpen()) {
            replays.drop(subscription);
            if (subscription.handle() == null) {
                matcher.add(subscription);
            }
            subscription.resetWithSnapshot();
        }
    }

    /** Leaves a subscription out that is closed. */
    void forget(LiveSubscription subscription) {
        replays.drop(subscription);
        matcher.remove(subscription);
    }

    /** Gives a subscription that was told to start over what there is. */
    void resetDelivered(LiveSubscription subscription) {
        if (subscription.isResetting()) {
            replays.drop(subscription);
            /* In this order: should one fail, this can be repeated. */
            walks.startSnapshot(subscription, revision);
            subscription.resetDelivered();
        }
    }

    /** Makes a subscription, which is held, another's. */
    void switchPrincipal(LiveSubscription subscription, Access access) {
        replays.drop(subscription);
        if (subscription.channel().action() != null || subscription.isResetting()) {
            subscription.access(access);
            subscription.drop();
            reindex(subscription);
            subscription.release();
        } else if (subscription.isSynced()) {
            Access previous = subscription.access();
            Query.Filter before = subscription.condition();
            advance(null);
            subscription.beginSync();
            subscription.access(access);
            matcher.widenTo(subscription, before);
            walks.startVisibilityScan(subscription, revision, previous, before);
        } else {
            subscription.reset();
            subscription.access(access);
            walks.startSnapshot(subscription, revision);
            reindex(subscription);
            subscription.release();
        }
    }

    private void reindex(LiveSubscription subscription) {
        matcher.remove(subscription);
        matcher.add(subscription);
    }

    private void ended(LiveSubscription subscription, boolean isPassage, boolean isComplete) {
        if (isPassage) {
            if (subscription.isOpen()) {
                reindex(subscription);
            }
            subscription.release();
        }
        if (isComplete) {
            subscription.sync(revision);
        }
    }

    /** Has a subscription that sees the presence before or after a step told of it. */
    void deliver(LiveSubscription subscription, StateChange step, Change change) {
        if (!replays.has(subscription)) {
            walks.deliver(subscription, step, change);
        }
    }

    /** Leaves a step open for a subscription that may see the presence before or after it. */
    void enqueueOpen(LiveSubscription subscription, StateChange step) {
        if (!replays.has(subscription)) {
            walks.enqueueOpen(subscription, step);
        }
    }

    /** Goes on telling what there is, in a round that has dispatched so many presences. */
    int advance(int dispatched, FilterBudget allowance) {
        int replayed = replays.advance(revision, dispatched);
        return replayed + walks.advance(revision, dispatched, allowance);
    }

    /** Tells whether {@link #advance(int, FilterBudget)} would do something. */
    boolean canAdvance() {
        return !replays.isEmpty() || walks.canAdvance();
    }

    /** By what a subscription goes on from a revision. By any thread. */
    String token(LiveSubscription subscription, long at) {
        return tokens.token(subscription, at);
    }
}
