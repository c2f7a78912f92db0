package io.presence.internal.lock;

import io.presence.internal.store.StoreErrors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The fencing tokens of a store. Each is greater than all before. In a cluster the lowest bits are a number of the
 * node, so two nodes that grant at one time seldom make the same token.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free except for the source.
 */
final class LockTokens {

    private static final int TIME_SHIFT = 20;

    private final LongSupplier source;
    private final HostRules rules;
    private final int nodeBits;
    private final long nodeNumber;
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

    private LockTokens(LongSupplier source, HostRules rules, int nodeBits, long nodeNumber) {
        this.source = source;
        this.rules = rules;
        this.nodeBits = nodeBits;
        this.nodeNumber = nodeNumber;
    }

    /** Tokens of a store that is alone, or whose host gives the source for all nodes. */
    static LockTokens of(LongSupplier source, HostRules rules) {
        return new LockTokens(source, rules, 0, 0);
    }

    /** Tokens of one node of several, near the time. */
    static LockTokens ofNode(LongSupplier wallMillis, HostRules rules, RandomGenerator random) {
        long number = random.nextLong(1L << TIME_SHIFT);
        return new LockTokens(() -> first(wallMillis.getAsLong()) | number, rules, TIME_SHIFT, number);
    }

    /** The first token of a store that starts at a time, if the host gives no source. */
    static long first(long wallMillis) {
        return wallMillis << TIME_SHIFT;
    }

    /* The least token of this node that is greater. */
    private long after(long seen) {
        return (((seen >> nodeBits) + 1) << nodeBits) | nodeNumber;
    }

    /** Makes later tokens greater than one, in its text form. A text of another form is ignored. */
    void raise(String seen) {
        try {
            last.accumulateAndGet(Long.parseLong(seen), Math::max);
        } catch (NumberFormatException malformed) {
            /* Not a token. */
        }
    }

    /**
     * Returns a token.
     *
     * @throws io.presence.PresenceException {@code DENIED} if the source throws, or the greatest token is in use
     */
    long next() {
        long given = rules.token(source);
        while (true) {
            long seen = last.get();
            long least = after(seen);
            if (least <= seen) {
                throw StoreErrors.noToken("the last one was " + seen);
            }
            long next = Math.max(least, given);
            if (last.compareAndSet(seen, next)) {
                return next;
            }
        }
    }
}
