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
 * A matcher by a query index over the conditions of visibility. Channel, permissions and filter are all indexed: a
 * subscription that is narrow in any of them costs nothing while no such presence changes.
 *
 * <p><b>Cost.</b> That of {@link StandingQueries}. Subscriptions with the same channel, roles and filter are evaluated
 * once.
 */
final class IndexMatcher implements Matcher {

    private final StandingQueries<PresenceState, LiveSubscription> index =
            new StandingQueries<>(StateSchema.READABLE, StateWeight::of);
    private final Visit visit = new Visit();
    /* The current match. Fields, so that a match allocates nothing. */
    private @Nullable StateChange stateChange;
    private @Nullable Visitor visitor;
    private @Nullable BoundedVisitor bounded;

    private final class Visit implements MatchVisitor.Bounded<LiveSubscription> {
        @Override
        public void matched(LiveSubscription subscription, boolean seesBefore, boolean seesAfter) {
            requireNonNull(visitor)
                    .matched(subscription, requireNonNull(stateChange), StateChange.visibility(seesBefore, seesAfter));
        }

        @Override
        public void undecided(LiveSubscription subscription) {
            requireNonNull(bounded).undecided(subscription, requireNonNull(stateChange));
        }
    }

    @Override
    public void add(LiveSubscription subscription) {
        add(subscription, subscription.condition());
    }

    /* A subscription without its handle could not be removed from the index. */
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
            /* In this order, so that the removal can be repeated after a failure. */
            index.remove(handle);
            subscription.handle(null);
        }
    }

    @Override
    public void match(StateChange matched, Visitor matches) {
        stateChange = matched;
        visitor = matches;
        index.match(matched.before(), matched.after(), visit);
    }

    @Override
    public long match(StateChange matched, long operations, BoundedVisitor matches) {
        stateChange = matched;
        visitor = matches;
        bounded = matches;
        return index.match(matched.before(), matched.after(), operations, visit);
    }

    /** Returns the number of evaluated conditions, a measure of the cost of matching. */
    long candidates() {
        return index.stats().candidates();
    }
}
