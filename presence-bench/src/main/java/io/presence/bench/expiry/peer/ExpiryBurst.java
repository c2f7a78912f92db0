package io.presence.bench.expiry.peer;

/** Timers that become due together and have not expired yet. */
public interface ExpiryBurst extends AutoCloseable {

    /** Expires all timers and delivers each expiry. */
    void expireAll() throws InterruptedException;

    /** Returns the number of timers that have not expired. */
    long remaining();

    @Override
    void close();
}
