package io.presence.internal.subscription;

import io.presence.PresenceEvent.Change;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.StateSchema;
import io.presence.query.CompiledQuery;
import io.presence.query.Query;
import org.jspecify.annotations.Nullable;

/**
 * The visibility of one state change to one subscription, evaluated without the index.
 *
 * <p><b>Cost.</b> Compiles the condition. Used only when the index has failed.
 */
final class Visibility {

    private Visibility() {}

    /**
     * Returns the change that a subscription sees. While a scan runs for it, only its filter is evaluated, since
     * the scan
     * decides whether the states are readable, perhaps by the former principal.
     *
     * @return null if neither state is visible
     */
    static @Nullable Change of(LiveSubscription subscription, StateChange stateChange) {
        Query.Filter condition = subscription.isScanning() ? subscription.filter() : subscription.condition();
        CompiledQuery<PresenceState> compiled = CompiledQuery.compile(condition, StateSchema.READABLE);
        boolean wasVisible = holds(compiled, stateChange.before());
        boolean isVisible = holds(compiled, stateChange.after());
        return wasVisible || isVisible ? StateChange.visibility(wasVisible, isVisible) : null;
    }

    private static boolean holds(CompiledQuery<PresenceState> condition, @Nullable PresenceState state) {
        return state != null && condition.test(state);
    }
}
