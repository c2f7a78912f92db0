package io.presence.internal.subscription;

import io.presence.internal.delivery.Step;
import io.presence.internal.store.State;
import io.presence.internal.store.StateSchema;
import io.presence.query.CompiledQuery;
import org.jspecify.annotations.Nullable;

/**
 * The relation of one subscription to one step, evaluated without the index.
 *
 * <p><b>Cost.</b> Compiles the condition: for when the index has failed.
 *
 * @param isWalking whether the subscription joins, and so judges each step itself
 */
record Sight(boolean seesBefore, boolean seesAfter, boolean isWalking) {

    static Sight of(LiveSubscription subscription, Step step) {
        CompiledQuery<State> condition = CompiledQuery.compile(subscription.condition(), StateSchema.READABLE);
        return new Sight(holds(condition, step.before()), holds(condition, step.after()), subscription.isWalking());
    }

    private static boolean holds(CompiledQuery<State> condition, @Nullable State state) {
        return state != null && condition.test(state);
    }

    boolean isConcerned() {
        return seesBefore || seesAfter || isWalking;
    }
}
