package io.presence.internal.store;

import io.presence.internal.wheel.WheelTimer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How long one life lasts: a word with the deadline, which heartbeats move later, until it is dead for ever. A dead
 * word has the time of the end, and then {@code ttl} is how long before that the last heartbeat was.
 *
 * <p>Heartbeats and expiry race on the word alone: a heartbeat moves it by CAS, whoever sees that it has passed moves
 * it to a dead one by CAS, so that exactly one of them wins. Another life has another lease, so that a heartbeat never
 * extends a life that it has not looked at. All times are nanoseconds of {@link Clocks#now()}.
 *
 * <p>Beside the deadline the word has an <i>epoch</i>, the number modulo 4 of writes that changed both the permissions
 * and the lifetime. A heartbeat reads the word, then the state, judges that state, and moves the word by CAS from what
 * it read: so a heartbeat that was judged by the permissions before such a write fails, and starts over.
 * {@link PresenceState#word} is the word of the write that made the state. Such a write publishes the state, <b>then</b> moves
 * the word; whoever finds the word one epoch behind the state moves it first, so that nobody waits for the writer.
 *
 * <p>It is a timer, and an entry is a lease, by inheritance, so that all three are one object.
 *
 * <p><b>Cost.</b> One volatile read, and one CAS where the word moves. Allocates nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free; {@link #renew}, {@link #extendAtLeast} and {@link #terminate} for one
 * at a time.
 */
abstract class Lease extends WheelTimer {

    /** Stands for the deadline of a presence whose end is decided. In a word it is the bit that says so. */
    static final long ENDED = Long.MIN_VALUE;

    /* Leaves room for deadlines of 73 years after the store was built. */
    private static final int EPOCH_BITS = 2;
    private static final long EPOCH = (1L << EPOCH_BITS) - 1;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(Lease.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long ttl;
    private volatile long word;

    Lease(long now, long ttl) {
        this.ttl = ttl;
        this.word = wordOf(now + ttl);
    }

    /** The word of a deadline in the first epoch. */
    static long wordOf(long deadline) {
        return deadline << EPOCH_BITS;
    }

    /** The word of a deadline in the epoch of another word. */
    static long withDeadline(long word, long deadline) {
        return wordOf(deadline) | (word & EPOCH);
    }

    /** The word of a deadline in the epoch after that of another word. */
    static long nextEpoch(long word, long deadline) {
        return wordOf(deadline) | ((word + 1) & EPOCH);
    }

    /** The deadline in a word; that of a dead one is negative. */
    static long deadline(long word) {
        return word >> EPOCH_BITS;
    }

    /** Tells whether the life with a word is over. */
    static boolean isEnded(long word) {
        return word < 0;
    }

    /** Tells whether two words are of one epoch. */
    static boolean isSameEpoch(long word, long other) {
        return ((word ^ other) & EPOCH) == 0;
    }

    /** The deadline, or {@link #ENDED}. */
    public final long deadline() {
        long seen = word;
        return isEnded(seen) ? ENDED : deadline(seen);
    }

    /** When a life ended that is over. */
    final long endedAt() {
        return deadline(word & ~ENDED);
    }

    /**
     * The lifetime that the last write gave; of a life that is over, how long before its end the last heartbeat was.
     */
    final long ttl() {
        return ttl;
    }

    /** The word, for {@link #extend}. A heartbeat reads it before the state. */
    final long word() {
        return word;
    }

    /** Tells whether the presence lives at {@code now}; if not, decides its end. */
    final boolean isAlive(long now) {
        return liveWord(now) != ENDED;
    }

    /** The word if the presence lives at {@code now}; otherwise {@code DEAD}, and so is the word from then on. */
    private long liveWord(long now) {
        while (true) {
            long seen = word;
            if (now < deadline(seen)) {
                return seen;
            }
            if (isEnded(seen) || WORD.compareAndSet(this, seen, seen | ENDED)) {
                return ENDED;
            }
        }
    }

    /**
     * Moves the deadline to {@code now + ttl} if that is later.
     *
     * @param seen what {@link #word} was before the state was read that permits this
     * @param permitting the word of that state
     * @param now a time at which the presence lived
     * @param ttl how far ahead of now; 0 stands for what the last write gave
     * @return false if the word has moved since, or is behind the state; then look at the state again
     */
    final boolean extend(long seen, long permitting, long now, long ttl) {
        if (isEnded(seen) || !isSameEpoch(seen, permitting)) {
            advanceEpoch(permitting);
            return false;
        }
        /* Read after the word: whoever sees the word of a write sees the lifetime that came with it, or a later one. */
        long target = now + (ttl == 0 ? this.ttl : ttl);
        return target <= deadline(seen) || WORD.compareAndSet(this, seen, withDeadline(seen, target));
    }

    /**
     * Goes on for {@code ttl} from now, whatever heartbeats have given, in the same epoch.
     *
     * @return false if the presence was dead at {@code now}; its end is then decided
     */
    final boolean renew(long now, long ttl) {
        long former = this.ttl;
        while (true) {
            long seen = liveWord(now);
            if (seen == ENDED) {
                this.ttl = former;
                return false;
            }
            if (this.ttl != ttl) {
                this.ttl = ttl;
            }
            if (WORD.compareAndSet(this, seen, withDeadline(seen, now + ttl))) {
                return true;
            }
        }
    }

    /**
     * Prepares for an epoch that goes on for {@code ttl} from now: the present one lasts as long, at least.
     *
     * @return false if the presence was dead at {@code now}; its end is then decided
     */
    final boolean extendAtLeast(long now, long ttl) {
        long former = this.ttl;
        while (true) {
            long seen = liveWord(now);
            if (seen == ENDED) {
                this.ttl = former;
                return false;
            }
            if (this.ttl != ttl) {
                this.ttl = ttl;
            }
            if (now + ttl <= deadline(seen) || WORD.compareAndSet(this, seen, withDeadline(seen, now + ttl))) {
                return true;
            }
        }
    }

    /** Begins the epoch of a word, that of a state that is published, unless it has begun or the presence is dead. */
    final void advanceEpoch(long next) {
        while (true) {
            long seen = word;
            boolean isBehind = !isEnded(seen) && isSameEpoch(seen + 1, next);
            if (!isBehind || WORD.compareAndSet(this, seen, next)) {
                return;
            }
        }
    }

    /**
     * Ends the presence before its deadline.
     *
     * @return false if it was dead at {@code now}; its end is then decided
     */
    final boolean terminate(long now) {
        while (true) {
            long seen = word;
            if (isEnded(seen)) {
                return false;
            }
            long left = deadline(seen) - now;
            if (left <= 0) {
                if (WORD.compareAndSet(this, seen, seen | ENDED)) {
                    return false;
                }
            } else if (WORD.compareAndSet(this, seen, wordOf(now) | ENDED)) {
                ttl = left < ttl ? ttl - left : 0;
                return true;
            }
        }
    }
}
