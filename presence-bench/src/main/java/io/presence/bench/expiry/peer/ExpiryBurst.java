package io.presence.bench.expiry.peer;

/** Many timers that become due together, and have not ended yet. */
public interface ExpiryBurst extends AutoCloseable {
    /** Ends them all, each of which is delivered. */
    void expireAll() throws InterruptedException;

    /** Returns how many have not ended. */
    long remaining();

    @Override
    void close();
}
