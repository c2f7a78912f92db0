package io.presence.internal.delivery;

import io.presence.PresenceListener;
import io.presence.SubscriptionOptions;
import io.presence.count.CountListener;
import io.presence.session.NamedFilterListener;
import io.presence.user.UserListener;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The test whether a listener supports resets: whether its class overrides {@code onReset}.
 *
 * <p><b>Cost.</b> One reflective look-up for each class of listeners.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ResetSupport {

    private static final ClassValue<Boolean> OVERRIDES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return overrides(type);
        }
    };

    private static final Set<Class<?>> DEFAULTS =
            Set.of(PresenceListener.class, UserListener.class, CountListener.class, NamedFilterListener.class);

    private ResetSupport() {}

    private static boolean overrides(Class<?> type) {
        try {
            return !DEFAULTS.contains(type.getMethod("onReset").getDeclaringClass());
        } catch (NoSuchMethodException | LinkageError unknown) {
            /* Reflection fails if a method refers to a missing class. Such a listener may override it. */
            return true;
        }
    }

    /**
     * Throws if the options can lead to a reset that the listener does not support: it would keep presences that have
     * ended.
     *
     * @throws IllegalArgumentException with the option and the remedy
     */
    static void require(SubscriptionOptions options, PresenceListener listener) {
        String option = resettingOption(options);
        if (option != null && !options.ignoresResets() && !isSupportedBy(listener)) {
            throw new IllegalArgumentException(
                    "listener must override onReset() for " + option + ", or the options must say ignoreResets(): "
                            + target(listener).getClass().getName());
        }
    }

    private static @Nullable String resettingOption(SubscriptionOptions options) {
        if (options.maxPending() != Integer.MAX_VALUE) {
            return "maxPending";
        }
        return options.resumeFrom() == null ? null : "resumeFrom";
    }

    /** Returns whether a listener supports resets. */
    static boolean isSupportedBy(PresenceListener listener) {
        return OVERRIDES.get(target(listener).getClass());
    }

    private static Object target(PresenceListener listener) {
        return listener instanceof AdaptedListener adapted ? adapted.target() : listener;
    }
}
