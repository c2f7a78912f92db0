package io.presence.internal.delivery;

import io.presence.PresenceListener;

/**
 * A listener that passes its calls on to a listener of another type.
 *
 * <p><b>Threads.</b> As for {@link PresenceListener}; the methods here, by any thread.
 */
public interface AdaptedListener extends PresenceListener {

    /** Returns the listener that receives the calls. */
    Object target();

    /** Returns what the listener makes of the events beside the filter, as a text. Resume tokens depend on it. */
    String meaning();
}
