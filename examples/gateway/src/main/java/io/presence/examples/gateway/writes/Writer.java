package io.presence.examples.gateway.writes;

import java.util.HashSet;
import java.util.Set;

/**
 * A socket as the writer of presences, which it keeps alive.
 *
 * <p><b>Threads.</b> For the socket's event loop.
 */
public final class Writer {

    private final String address;
    private final Set<String> written = new HashSet<>();

    /**
     * Creates a writer of no presences.
     *
     * @param address the client address, by which its presences are counted
     */
    public Writer(String address) {
        this.address = address;
    }

    /** Returns the client address, by which its presences are counted. */
    public String address() {
        return address;
    }

    /** Returns the ids that it has written. Other writers may keep some of them alive by now. */
    Set<String> written() {
        return written;
    }
}
