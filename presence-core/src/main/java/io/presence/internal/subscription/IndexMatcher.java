package io.presence.internal.subscription;

import static java.util.Objects.requireNonNull;

import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.delivery.StateWeight;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.StateSchema;
import io.presence.query.Handle;
import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.StandingQueries;
import org.jspecify.annotations.Nullable;

/**
 * Finds subscriptions by an index over their conditions, to which channel, permissions and query contribute alike: one
 * that is narrow in any of them costs nothing while nothing happens that it sees.
 *
 * <p><b>Cost.</b> That of {@link StandingQueries}. Subscriptions with the same channel, roles and query are evaluated
 * once.
 */
final class IndexMatcher implements Matcher {

    private final StandingQueries<PresenceState, LiveSubscription> index =
            new StandingQueries<>(StateSchema.READABLE, StateWeight::of);
    private final Visit visit = new Visit();
    /* What is being matched; fields, so that a match allocates nothing. */
    private @Nullable StateChange step;
    private @Nullable Visitor visitor;
    private @Nullable BoundedVisitor bounded;

    private final class Visit implements MatchVisitor.Bounded<LiveSubscription> {
        @Override
        public void matched(LiveSubscription subscription, boolean seesBefore, boolean seesAfter) {
            requireNonNull(visitor)
                    .matched(subscription, requireNonNull(step), StateChange.visibility(seesBefore, seesAfter));
        }

        @Override
        public void undecided(LiveSubscription subscription) {
            requireNonNull(bounded).undecided(subscription, requireNonNull(step));
        }
    }

    @Override
    public void add(LiveSubscription subscription) {
        add(subscription, subscription.condition());
    }

    /* In the index only if it is known by what. */
    private void add(LiveSubscription subscription, Query.Filter condition) {
        Handle<LiveSubscription> handle = index.add(condition, subscription);
        try {
            subscription.handle(handle);
        } catch (Throwable failure) {
            index.remove(handle);
            throw failure;
        }
    }

    @Override
    public void widenTo(LiveSubscription subscription, Query.Filter alternative) {
        remove(subscription);
        add(subscription, Query.or(subscription.condition(), alternative));
    }

    @Override
    public void remove(LiveSubscription subscription) {
        Handle<LiveSubscription> handle = subscription.handle();
        if (handle != null) {
            /* In this order: should one fail, this can be repeated. */
            index.remove(handle);
            subscription.handle(null);
        }
    }

    @Override
    public void match(StateChange matched, Visitor told) {
        step = matched;
        visitor = told;
        index.match(matched.before(), matched.after(), visit);
    }

    @Override
    public long match(StateChange matched, long operations, BoundedVisitor told) {
        step = matched;
        visitor = told;
        bounded = told;
        return index.match(matched.before(), matched.after(), operations, visit);
    }

    /** How many times a condition was asked whether it holds: what matching has cost so far. */
    long candidates() {
        return index.stats().candidates();
    }
}
