package io.presence.internal.store;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The numbers of incarnations, each greater than those before it.
 *
 * <p><b>Threads.</b> Safe for use by any thread, except for {@link #start}.
 */
final class Incarnations {

    /* Of 46 bits; a random first one keeps the versions of two stores apart. */
    private static final long FIRST = 1L << 44;
    /* The numbers last for years at 50,000 creations a second over all nodes. */
    private static final long FIRST_OF_NODES = 1L << 40;
    private static final int MAX_STEP = 8;

    private final AtomicLong newest = new AtomicLong(ThreadLocalRandom.current().nextLong(FIRST));
    private int step = 1;

    /** Returns a number that is greater than those of all incarnations that are known here. */
    long next() {
        return newest.addAndGet(step);
    }

    /** The number of the newest incarnation. */
    long newest() {
        return newest.get();
    }

    /** Makes later incarnations have greater numbers than one of another node. */
    void raise(long seen) {
        if (newest.get() < seen) {
            newest.accumulateAndGet(seen, Math::max);
        }
    }

    /**
     * Starts the numbers again. Nodes of a cluster count by different steps, so that two of them seldom use one number
     * at one time. Call before the first write.
     */
    void start(RandomGenerator random) {
        newest.set(random.nextLong(FIRST_OF_NODES));
        step = random.nextInt(1, MAX_STEP);
    }
}
