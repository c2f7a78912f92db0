package io.presence.bench.fanout.peer;

/**
 * A listener. It adds up the numbers of the events that it is told, in a field of its own: so no call can be left out, and
 * each touches memory of the listener, as that of a connection would.
 */
public abstract class Ear {
    private long sum;

    /** Starts with none. */
    protected Ear() {}

    /** Takes note of an event. */
    protected final void hear(long number) {
        sum += number;
    }

    /** The sum of all numbers heard. */
    public final long sum() {
        return sum;
    }
}
