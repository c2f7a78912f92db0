package io.presence.internal.subscription;

import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.Allowance;
import io.presence.internal.delivery.Step;
import io.presence.internal.store.Access;
import io.presence.internal.store.Entries;
import io.presence.query.Query;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How subscriptions come to see what they see: when they start, return, start over, or become another principal's. Each
 * time a join begins, at one revision, and what is told from there on adds up.
 *
 * <p><b>Threads.</b> Dispatcher only, but for {@link #token}.
 */
final class Joins {

    private final Matcher matcher;
    private final History history;
    private final Walks walks;
    private final Replays replays;
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
    Joins(Matcher matcher, Entries entries, History history, BiConsumer<LiveSubscription, Throwable> failed) {
        this.matcher = matcher;
        this.history = history;
        this.replays = new Replays(history, entries);
        this.walks = new Walks(entries, new Walks.Ends() {
            @Override
            public void ended(LiveSubscription subscription, boolean isPassage, boolean isComplete) {
                Joins.this.ended(subscription, isPassage, isComplete);
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
    void dispatched(Step step) {
        step.trim();
        advance(step);
    }

    /* The revision rises in any case: no two steps may have one. */
    private void advance(@Nullable Step step) {
        try {
            history.add(step);
        } finally {
            long following = revision + 1;
            revision = following;
        }
    }

    /** Takes in a subscription, from now on or from where it left. */
    void takeIn(LiveSubscription subscription) {
        matcher.add(subscription);
        SubscriptionOptions options = subscription.options();
        String token = options.resumeFrom();
        if (token != null) {
            resume(subscription, token);
        } else if (options.hasSnapshot()) {
            walks.snapshot(subscription, revision);
        } else {
            subscription.startAt(revision);
        }
    }

    private void resume(LiveSubscription subscription, String token) {
        long since = tokens.revision(subscription, token);
        if (!history.reaches(since)) {
            subscription.startOver();
            walks.snapshot(subscription, revision);
            return;
        }
        if (since == revision) {
            subscription.sync(revision);
        } else {
            replays.start(subscription, since);
        }
    }

    /** Has a subscription of which changes were lost, or that could not be taken in, start over. */
    void startOver(LiveSubscription subscription) {
        if (subscription.isOpen()) {
            replays.drop(subscription);
            if (subscription.handle() == null) {
                matcher.add(subscription);
            }
            subscription.startOverWithSnapshot();
        }
    }

    /** Leaves a subscription out that is closed. */
    void forget(LiveSubscription subscription) {
        replays.drop(subscription);
        matcher.remove(subscription);
    }

    /** Gives a subscription that was told to start over what there is. */
    void startedOver(LiveSubscription subscription) {
        if (subscription.isStartingOver()) {
            replays.drop(subscription);
            /* In this order: should one fail, this can be repeated. */
            walks.snapshot(subscription, revision);
            subscription.startedOver();
        }
    }

    /** Makes a subscription, which is held, another's. */
    void change(LiveSubscription subscription, Access access) {
        replays.drop(subscription);
        if (subscription.channel().action() != null || subscription.isStartingOver()) {
            subscription.access(access);
            subscription.drop();
            refile(subscription);
            subscription.release();
        } else if (subscription.isJoined()) {
            Access previous = subscription.access();
            Query.Filter before = subscription.condition();
            advance(null);
            subscription.beginJoin();
            subscription.access(access);
            matcher.widen(subscription, before);
            walks.passage(subscription, revision, previous, before);
        } else {
            subscription.startOver();
            subscription.access(access);
            walks.snapshot(subscription, revision);
            refile(subscription);
            subscription.release();
        }
    }

    private void refile(LiveSubscription subscription) {
        matcher.remove(subscription);
        matcher.add(subscription);
    }

    private void ended(LiveSubscription subscription, boolean isPassage, boolean isComplete) {
        if (isPassage) {
            if (subscription.isOpen()) {
                refile(subscription);
            }
            subscription.release();
        }
        if (isComplete) {
            subscription.sync(revision);
        }
    }

    /** Has a subscription that sees the presence before or after a step told of it. */
    void tell(LiveSubscription subscription, Step step, boolean seesBefore, boolean seesAfter) {
        if (!replays.has(subscription)) {
            walks.tell(subscription, step, seesBefore, seesAfter);
        }
    }

    /** Leaves a step open for a subscription that may see the presence before or after it. */
    void leaveOpen(LiveSubscription subscription, Step step) {
        if (!replays.has(subscription)) {
            walks.leaveOpen(subscription, step);
        }
    }

    /** Goes on telling what there is, in a round that has dispatched so many presences. */
    int advance(int dispatched, Allowance allowance) {
        int replayed = replays.advance(revision, dispatched);
        return replayed + walks.advance(revision, dispatched, allowance);
    }

    /** Tells whether {@link #advance(int, Allowance)} would do something. */
    boolean canAdvance() {
        return !replays.isEmpty() || walks.canAdvance();
    }

    /** By what a subscription goes on from a revision. By any thread. */
    String token(LiveSubscription subscription, long at) {
        return tokens.token(subscription, at);
    }
}
