package io.presence.internal.delivery;

import io.presence.PresenceListener;

/**
 * Which listeners hear that they must start over: those whose class overrides {@link PresenceListener#onReset}.
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
            /*
             * A class of which a method names a class that is missing can't be looked at: it gets the benefit of the
             * doubt.
             */
            return true;
        }
    }

    /** Returns whether a listener hears that it must start over. */
    public static boolean areHeardBy(PresenceListener listener) {
        return OVERRIDES.get(listener.getClass());
    }
}
