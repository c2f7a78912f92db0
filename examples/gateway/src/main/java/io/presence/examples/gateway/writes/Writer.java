package io.presence.examples.gateway.writes;

import java.util.HashSet;
import java.util.Set;

/**
 * A socket that writes presences and keeps them alive.
 *
 * <p><b>Threads.</b> For the socket's event loop.
 */
public final class Writer {

    private final String address;
    private final Set<String> written = new HashSet<>();

    /**
     * Creates one that has written nothing.
     *
     * @param address the address that its presences count for
     */
    public Writer(String address) {
        this.address = address;
    }

    /** Returns the address that its presences count for. */
    public String address() {
        return address;
    }

    /** Returns the ids that it has written, among them some that other writers keep alive by now. */
    Set<String> written() {
        return written;
    }
}
