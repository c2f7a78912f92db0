package io.presence.internal.delivery;

import io.presence.PresenceListener;

/**
 * A listener that passes its calls on to a listener of another type.
 *
 * <p><b>Threads.</b> The inherited methods are called as {@link PresenceListener} describes. Any thread can call the
 * methods that this interface declares.
 */
public interface AdaptedListener extends PresenceListener {

    /** Returns the listener that receives the calls. */
    Object target();

    /** Returns what the listener makes of the events beside the filter, as a text. Resume tokens depend on it. */
    String meaning();
}
