package io.presence.bench.fanout.peer;

/**
 * A listener that adds the numbers of its events to a field. No call can be optimised away, and each call touches
 * memory of the listener, as a connection would.
 */
public abstract class CountingListener {

    private long sum;

    /** Makes a listener that has received no event. */
    protected CountingListener() {}

    /** Adds the number of an event. */
    protected final void count(long number) {
        sum += number;
    }

    /** Returns the sum of all numbers received. */
    public final long sum() {
        return sum;
    }
}
