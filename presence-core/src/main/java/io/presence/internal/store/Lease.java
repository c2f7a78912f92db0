package io.presence.internal.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * How long a presence lives: one deadline word that only moves later, until it is {@link #DEAD} for ever.
 *
 * <p>A write that sets the lifetime makes a new lease, unless all it does is what a heartbeat would; one that does not keeps
 * it. Heartbeats and expiry race on the word alone: a heartbeat moves it later by CAS, whoever sees that it has passed moves it to {@code DEAD} by CAS, so
 * that exactly one of them wins. All times are nanoseconds of {@link Clocks#now()}.
 *
 * <p><b>Cost.</b> One volatile read, and one CAS where the word moves. Allocates nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free.
 */
final class Lease {

    /** The word of a presence whose end is decided. */
    static final long DEAD = Long.MIN_VALUE;

    private static final VarHandle DEADLINE;

    static {
        try {
            DEADLINE = MethodHandles.lookup().findVarHandle(Lease.class, "deadline", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long ttl;
    private volatile long deadline;

    Lease(long deadline, long ttl) {
        this.ttl = ttl;
        this.deadline = deadline;
    }

    /** How far a heartbeat moves the deadline ahead of now. */
    long ttl() {
        return ttl;
    }

    /** The deadline, or {@link #DEAD}. */
    long deadline() {
        return deadline;
    }

    /** Tells whether the presence lives at {@code now}; if not, decides its end. */
    boolean isAlive(long now) {
        return extend(now, DEAD);
    }

    /**
     * Moves the deadline to {@code target} if that is later.
     *
     * @return false if the presence was dead at {@code now}; its end is then decided
     */
    boolean extend(long now, long target) {
        while (true) {
            long word = deadline;
            if (word == DEAD) {
                return false;
            }
            if (now >= word) {
                if (DEADLINE.compareAndSet(this, word, DEAD)) {
                    return false;
                }
            } else if (target <= word || DEADLINE.compareAndSet(this, word, target)) {
                return true;
            }
        }
    }

    /**
     * Goes on for {@code ttl} from now, whatever heartbeats would have given. This lease is first moved at least that far:
     * so the race against expiry is decided before anybody sees what is written with the lease that is returned, and nobody
     * can find this one dead from then on without the other being dead too.
     *
     * @return this lease if it says the same, otherwise a new one; null if the presence was dead at {@code now}, its end is
     *     then decided
     */
    @Nullable Lease renewed(long now, long ttl) {
        long target = now + ttl;
        if (!extend(now, target)) {
            return null;
        }
        return this.ttl == ttl && deadline == target ? this : new Lease(target, ttl);
    }

    /**
     * Ends the presence before its deadline.
     *
     * @return false if it was dead at {@code now}; its end is then decided
     */
    boolean kill(long now) {
        while (true) {
            long word = deadline;
            if (word == DEAD) {
                return false;
            }
            if (DEADLINE.compareAndSet(this, word, DEAD)) {
                return now < word;
            }
        }
    }
}
