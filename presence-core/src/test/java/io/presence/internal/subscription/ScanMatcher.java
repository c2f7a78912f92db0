package io.presence.internal.subscription;

import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.store.PresenceState;
import io.presence.query.Interpreter;
import io.presence.query.Query;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks every subscription about every step: the obvious matcher, against which the faster one is tested.
 *
 * <p><b>Cost.</b> Two evaluations of channel, permissions and query for each subscription and step.
 */
final class ScanMatcher implements Matcher {

    private final Set<LiveSubscription> subscriptions = new LinkedHashSet<>();

    @Override
    public void add(LiveSubscription subscription) {
        subscriptions.add(subscription);
    }

    @Override
    public void remove(LiveSubscription subscription) {
        subscriptions.remove(subscription);
    }

    @Override
    public void widenTo(LiveSubscription subscription, Query.Filter alternative) {
        throw new UnsupportedOperationException("widen");
    }

    @Override
    public void match(StateChange step, Visitor visitor) {
        for (LiveSubscription subscription : subscriptions) {
            boolean seesBefore = sees(subscription, step.before());
            boolean seesAfter = sees(subscription, step.after());
            if (seesBefore || seesAfter) {
                visitor.matched(subscription, step, StateChange.visibility(seesBefore, seesAfter));
            }
        }
    }

    @Override
    public long match(StateChange step, long operations, BoundedVisitor delivered) {
        match(step, delivered);
        return 0;
    }

    private static boolean sees(LiveSubscription subscription, @Nullable PresenceState state) {
        if (state == null) {
            return false;
        }
        String one = subscription.channel().presenceId();
        return (one == null || one.equals(state.id()))
                && subscription.access().canRead(state)
                && Interpreter.matches(subscription.filter(), state);
    }
}
