package io.presence.internal;

import io.presence.PresenceListener;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.ResetSupport;
import org.jspecify.annotations.Nullable;

/**
 * A check that a listener supports resets if its options make a reset possible. Otherwise the listener would keep
 * presences that have ended.
 *
 * <p><b>Cost.</b> One reflective look-up for each class of listeners.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ResetCheck {

    private ResetCheck() {}

    /**
     * Throws if the options can lead to a reset that the listener does not support.
     *
     * @throws IllegalArgumentException with the option and the remedy
     */
    static void require(SubscriptionOptions options, PresenceListener listener) {
        String option = resettingOption(options);
        if (option != null && !options.ignoresResets() && !ResetSupport.isSupportedBy(listener)) {
            throw new IllegalArgumentException(
                    "listener must override onReset() for " + option + ", or the options must say ignoreResets(): "
                            + listener.getClass().getName());
        }
    }

    private static @Nullable String resettingOption(SubscriptionOptions options) {
        if (options.maxPending() != Integer.MAX_VALUE) {
            return "maxPending";
        }
        return options.resumeFrom() == null ? null : "resumeFrom";
    }
}
