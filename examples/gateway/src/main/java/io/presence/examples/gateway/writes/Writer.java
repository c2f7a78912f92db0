package io.presence.examples.gateway.writes;

import java.util.HashSet;
import java.util.Set;

/**
 * A socket, as somebody by whom presences live.
 *
 * <p><b>Threads.</b> For the socket's event loop.
 */
public final class Writer {

    private final Set<String> written = new HashSet<>();

    /** Returns the ids of what was written; some may live on without this writer by now. */
    Set<String> written() {
        return written;
    }
}
