package io.presence.internal.delivery;

import io.presence.PresenceListener;

/**
 * The test whether a listener supports resets: whether its class overrides {@link PresenceListener#onReset}.
 *
 * <p><b>Cost.</b> One reflective look-up for each class of listeners.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class ResetSupport {

    private static final ClassValue<Boolean> OVERRIDES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return overrides(type);
        }
    };

    private ResetSupport() {}

    private static boolean overrides(Class<?> type) {
        try {
            return type.getMethod("onReset").getDeclaringClass() != PresenceListener.class;
        } catch (NoSuchMethodException | LinkageError unknown) {
            /* Reflection fails if a method refers to a missing class. Such a listener may override it. */
            return true;
        }
    }

    /** Returns whether a listener supports resets. */
    public static boolean isSupportedBy(PresenceListener listener) {
        return OVERRIDES.get(listener.getClass());
    }
}
