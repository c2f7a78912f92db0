package io.presence.internal.store;

import io.presence.internal.wheel.WheelTimer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How long one life lasts: a deadline word, which heartbeats move later, until it is {@link #DEAD} for ever.
 *
 * <p>Heartbeats and expiry race on the word alone: a heartbeat moves it by CAS, whoever sees that it has passed moves it to
 * {@code DEAD} by CAS, so that exactly one of them wins. Another life has another lease, so that a heartbeat never extends
 * a life that it has not looked at. All times are nanoseconds of {@link Clocks#now()}.
 *
 * <p>It is a timer, and an entry is a lease, by inheritance, so that all three are one object.
 *
 * <p><b>Cost.</b> One volatile read, and one CAS where the word moves. Allocates nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free; {@link #renew} and {@link #kill} for one at a time.
 */
abstract class Lease extends WheelTimer {

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

    private volatile long ttl;
    private volatile long deadline;

    Lease(long now, long ttl) {
        this.ttl = ttl;
        this.deadline = now + ttl;
    }

    /** The deadline, or {@link #DEAD}. */
    public final long deadline() {
        return deadline;
    }

    /** Tells whether the presence lives at {@code now}; if not, decides its end. */
    final boolean isAlive(long now) {
        return living(now) != DEAD;
    }

    /** The word if the presence lives at {@code now}; otherwise {@code DEAD}, and so is the word from then on. */
    private long living(long now) {
        while (true) {
            long word = deadline;
            if (now < word) {
                return word;
            }
            if (word == DEAD || DEADLINE.compareAndSet(this, word, DEAD)) {
                return DEAD;
            }
        }
    }

    /**
     * Moves the deadline to {@code now + ttl} if that is later.
     *
     * @param ttl how far ahead of now; 0 stands for what the last write gave
     * @return false if the presence was dead at {@code now}; its end is then decided
     */
    final boolean extend(long now, long ttl) {
        while (true) {
            long word = living(now);
            if (word == DEAD) {
                return false;
            }
            /* Read after the word: whoever sees the word of a write sees the lifetime that came with it, or a later one. */
            long target = now + (ttl == 0 ? this.ttl : ttl);
            if (target <= word || DEADLINE.compareAndSet(this, word, target)) {
                return true;
            }
        }
    }

    /**
     * Goes on for {@code ttl} from now, whatever heartbeats have given.
     *
     * @return false if the presence was dead at {@code now}; its end is then decided
     */
    final boolean renew(long now, long ttl) {
        while (true) {
            long word = living(now);
            if (word == DEAD) {
                return false;
            }
            if (this.ttl != ttl) {
                this.ttl = ttl;
            }
            if (DEADLINE.compareAndSet(this, word, now + ttl)) {
                return true;
            }
        }
    }

    /**
     * Ends the presence before its deadline.
     *
     * @return false if it was dead at {@code now}; its end is then decided
     */
    final boolean kill(long now) {
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
