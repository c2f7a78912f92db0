package io.presence.bench.fanout.peer;

/**
 * A listener. It adds up the numbers of the events that it is delivered, in a field of its own: so no call can be left out, and
 * each touches memory of the listener, as that of a connection would.
 */
public abstract class CountingListener {
    private long sum;

    /** Starts with none. */
    protected CountingListener() {}

    /** Takes note of an event. */
    protected final void count(long number) {
        sum += number;
    }

    /** The sum of all numbers heard. */
    public final long sum() {
        return sum;
    }
}
