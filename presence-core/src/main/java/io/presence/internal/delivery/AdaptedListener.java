package io.presence.internal.delivery;

import io.presence.PresenceListener;
import org.jspecify.annotations.Nullable;

/**
 * A listener that passes its calls on to a listener of another type.
 *
 * <p><b>Threads.</b> The inherited methods are called as {@link PresenceListener} describes. Any thread can call the
 * methods that this interface declares.
 */
public interface AdaptedListener extends PresenceListener {

    /** Returns the listener that receives the calls. */
    Object target();

    /**
     * Returns what the listener makes of the events beside the filter, as a text on which resume tokens depend, or null
     * if the filter says it all.
     */
    default @Nullable String meaning() {
        return null;
    }
}
