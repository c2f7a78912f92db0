package io.presence.cluster;

import io.presence.PresenceStore;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** The time for which the dispatcher of a store would sleep, by reflection. */
public final class IdleTime {

    private IdleTime() {}

    /** Returns nanoseconds, or {@link Long#MAX_VALUE}. */
    public static long of(PresenceStore store) {
        try {
            Field field = store.getClass().getDeclaredField("cycle");
            field.setAccessible(true);
            Object cycle = field.get(store);
            Method idle = cycle.getClass().getDeclaredMethod("idleNanos");
            idle.setAccessible(true);
            return (long) idle.invoke(cycle);
        } catch (ReflectiveOperationException missing) {
            throw new AssertionError(missing);
        }
    }
}
