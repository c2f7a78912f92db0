package io.presence.internal.subscription;

import io.presence.internal.delivery.StateChange;
import io.presence.internal.store.PresenceState;
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
record Visibility(boolean seesBefore, boolean seesAfter, boolean isWalking) {

    static Visibility of(LiveSubscription subscription, StateChange step) {
        CompiledQuery<PresenceState> condition = CompiledQuery.compile(subscription.condition(), StateSchema.READABLE);
        return new Visibility(
                holds(condition, step.before()), holds(condition, step.after()), subscription.isScanning());
    }

    private static boolean holds(CompiledQuery<PresenceState> condition, @Nullable PresenceState state) {
        return state != null && condition.test(state);
    }

    boolean isConcerned() {
        return seesBefore || seesAfter || isWalking;
    }
}
