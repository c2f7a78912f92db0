package io.presence.bench.expiry.peer;

/** Many timers that become due together, and have not ended yet. */
public interface Herd extends AutoCloseable {
    /** Ends them all, each of which is told. */
    void end() throws InterruptedException;

    /** Returns how many have not ended. */
    long left();

    @Override
    void close();
}
