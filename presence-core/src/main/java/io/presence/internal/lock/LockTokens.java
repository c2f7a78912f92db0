package io.presence.internal.lock;

import io.presence.internal.store.StoreErrors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The fencing tokens of a store. Each is greater than all before.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free except for the source.
 */
final class LockTokens {

    private final LongSupplier source;
    private final HostRules rules;
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

    LockTokens(LongSupplier source, HostRules rules) {
        this.source = source;
        this.rules = rules;
    }

    /** The first token of a store that starts at a time, if the host gives no source. */
    static long first(long wallMillis) {
        return wallMillis << 20;
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
            if (seen == Long.MAX_VALUE) {
                throw StoreErrors.noToken("the last one was " + seen);
            }
            long next = Math.max(seen + 1, given);
            if (last.compareAndSet(seen, next)) {
                return next;
            }
        }
    }
}
