package io.presence.internal;

import io.presence.PresenceListener;
import io.presence.Subscription.Options;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a listener that could not hear that it must start over, if its options make that possible: it would go on
 * showing presences that are gone.
 *
 * <p><b>Cost.</b> One reflective look-up for each class of listeners.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ResetCheck {

    private static final ClassValue<Boolean> OVERRIDES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return overrides(type);
        }
    };

    private ResetCheck() {}

    private static boolean overrides(Class<?> type) {
        try {
            return type.getMethod("reset").getDeclaringClass() != PresenceListener.class;
        } catch (NoSuchMethodException | LinkageError unknown) {
            /* A class of which a method names a class that is missing can't be looked at: it gets the benefit of the doubt. */
            return true;
        }
    }

    /**
     * Fails if the options can lead to a reset that the listener can't hear.
     *
     * @throws IllegalArgumentException naming the option and what to do
     */
    static void require(Options options, PresenceListener listener) {
        String option = resettingOption(options);
        if (option != null && !options.ignoresResets() && !OVERRIDES.get(listener.getClass())) {
            throw new IllegalArgumentException(
                    "listener must override reset() for " + option + ", or the options must say ignoreResets(): "
                            + listener.getClass().getName());
        }
    }

    private static @Nullable String resettingOption(Options options) {
        if (options.pendingLimit() != Integer.MAX_VALUE) {
            return "maxPending";
        }
        return options.resumeFrom() == null ? null : "since";
    }
}
