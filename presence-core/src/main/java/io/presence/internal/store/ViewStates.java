package io.presence.internal.store;

import io.presence.Presence;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The states of the keys of a view, such as its users. They pass through delivery like the states of presences, so that
 * listeners of views have the same mailboxes. All states of one key are of one incarnation.
 *
 * <p><b>Threads.</b> Stateless; the states are immutable.
 */
public final class ViewStates {

    private ViewStates() {}

    /** The place of the value in a state. */
    private static final class Value extends AbstractMap<String, @Nullable Object> {

        private final Object value;

        Value(Object value) {
            this.value = value;
        }

        @Override
        public Set<Map.Entry<String, @Nullable Object>> entrySet() {
            return Set.of();
        }
    }

    /**
     * Creates the state of a key.
     *
     * @param id the key, as text
     * @param value immutable
     */
    public static PresenceState of(String id, Object value) {
        PresenceFields fields = new PresenceFields(id, id, "", null, new Value(value), null, null);
        return PresenceState.initial(fields, 0, 0, 0, 0);
    }

    /** Returns whether a state is that of a key of a view. */
    public static boolean isOne(@Nullable PresenceState state) {
        return state != null && state.metadata() instanceof Value;
    }

    /** Returns the value of a state of a key. */
    public static Object value(Presence state) {
        return ((Value) state.metadata()).value;
    }
}
