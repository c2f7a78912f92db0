package io.presence.internal.store;

import io.presence.internal.wheel.WheelTimer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The lease of one incarnation: a word with the deadline, which heartbeats extend, and an end, which is final. The
 * word of an ended lease has the time of the end; {@code ttl} is then the time from the last heartbeat to the end.
 *
 * <p>Heartbeats and expiry change the word alone, by CAS, so exactly one of them wins. Another incarnation has
 * another lease, so a heartbeat never extends an incarnation that it has not read. All times are nanoseconds of
 * {@link Clocks#now()}.
 *
 * <p>Beside the deadline the word has an <i>epoch</i>: the number, modulo 4, of writes that changed both the
 * permissions and the TTL. A heartbeat reads the word, then the state, checks that state's permissions, and changes
 * the word by CAS from the value that it read. So a heartbeat that was permitted by a state before such a write fails
 * and starts again. {@link PresenceState#word} is the word of the write that made the state. Such a write publishes
 * the state, <b>then</b> changes the word. A thread that finds the word one epoch behind the state changes the word
 * first, so no thread waits for the writer. {@link Entry#permitting} reads the state only while that can be.
 *
 * <p>The word also has a <i>fence</i>: the number, modulo 4, of writes that took the presence from one session to
 * another, or changed the TTL alone. {@link HoldChange} describes the order of accesses. A heartbeat that has read the
 * former TTL so fails even if the write leaves the deadline as it was.
 *
 * <p>A lease is a timer, and an entry is a lease, by inheritance, so that all three are one object.
 *
 * <p><b>Cost.</b> One volatile read, and one CAS if the word changes. Allocates nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free; {@link #renew}, {@link #extendAtLeast} and {@link
 * #terminate} by one thread at a time.
 */
abstract class Lease extends WheelTimer {

    /** The deadline of a presence whose end is final. In the word of a lease, this bit marks the lease as ended. */
    static final long ENDED = Long.MIN_VALUE;

    /* The other bits suffice for deadlines up to 18 years after the creation of the store. */
    private static final int DEADLINE_SHIFT = 4;

    /** The deadline of a presence that another node owns. It ends when that node says so, or is lost. */
    static final long REMOTE = Long.MAX_VALUE >> DEADLINE_SHIFT;

    private static final long EPOCH = 0b0011;
    private static final long FENCE = 0b1100;
    private static final long NEXT_FENCE = 0b0100;

    private static final VarHandle WORD = Fields.varHandle(MethodHandles.lookup(), "word", long.class);

    private volatile long ttl;
    private volatile long word;

    Lease(long now, long ttl) {
        this.ttl = ttl;
        this.word = wordOf(now + ttl);
    }

    /** The word of a deadline in the first epoch. */
    static long wordOf(long deadline) {
        return deadline << DEADLINE_SHIFT;
    }

    /** The word of a deadline in the epoch of another word, and with its fence. */
    static long withDeadline(long word, long deadline) {
        return wordOf(deadline) | (word & (EPOCH | FENCE));
    }

    /** The word of a deadline in the epoch after that of another word. */
    static long nextEpoch(long word, long deadline) {
        return wordOf(deadline) | ((word + 1) & EPOCH);
    }

    /** The deadline in a word; negative if the lease has ended. */
    static long deadline(long word) {
        return word >> DEADLINE_SHIFT;
    }

    /** Returns whether the word is that of an ended lease. */
    static boolean isEnded(long word) {
        return word < 0;
    }

    /** Returns whether the word is that of a presence that another node owns. */
    static boolean isRemote(long word) {
        return deadline(word) == REMOTE;
    }

    /** Returns whether two words are of one epoch. */
    static boolean isSameEpoch(long word, long other) {
        return ((word ^ other) & EPOCH) == 0;
    }

    /** Returns whether two words have the same deadline and epoch, whatever their fences. */
    static boolean isSameLease(long word, long other) {
        return ((word ^ other) & ~FENCE) == 0;
    }

    /** The deadline, or {@link #ENDED}. */
    public final long deadline() {
        long seen = word;
        return isEnded(seen) ? ENDED : deadline(seen);
    }

    /** The time of the end of an ended lease. */
    public final long endedAt() {
        return deadline(word & ~ENDED);
    }

    /** The TTL of the last write; of an ended lease, the time from the last heartbeat to the end. */
    public final long ttl() {
        return ttl;
    }

    /** The word, for {@link #extend}. A heartbeat reads it before the state. */
    final long word() {
        return word;
    }

    /** Returns whether the presence is alive at {@code now}; if not, its end is final. */
    final boolean isAlive(long now) {
        return liveWord(now) != ENDED;
    }

    /**
     * The word if the presence is alive at {@code now}; otherwise {@code ENDED}, and the word is ended from then on.
     */
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

    /** As {@link #extend(long, long, long, long)}, by the TTL of the last write. */
    final boolean extend(long seen, long permitting, long now) {
        /* Read after the word: a thread that reads the word of a write reads the TTL of that write, or a later one. */
        return extend(seen, permitting, now, ttl);
    }

    /**
     * Moves the deadline to {@code now + ttl} if that is later.
     *
     * @param seen the {@link #word}, read before the state that permits this
     * @param permitting the word of that state, or any of its epoch
     * @param now a time at which the presence was alive
     * @param ttl nanoseconds
     * @return false if the word has changed since, or is behind the state; the caller then reads the state again
     */
    final boolean extend(long seen, long permitting, long now, long ttl) {
        if (isEnded(seen) || !isSameEpoch(seen, permitting)) {
            advanceEpoch(permitting);
            return false;
        }
        long target = now + ttl;
        return target <= deadline(seen) || WORD.compareAndSet(this, seen, withDeadline(seen, target));
    }

    /**
     * Sets the deadline to {@code now + ttl}, even if that is earlier, in the same epoch.
     *
     * @return false if the presence had ended by {@code now}; its end is then final
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
            long next = withDeadline(seen, now + ttl);
            if (WORD.compareAndSet(this, seen, former == ttl ? next : withNextFence(next))) {
                return true;
            }
        }
    }

    /**
     * Prepares for an epoch with the deadline {@code now + ttl}: extends the present one to that deadline, at least.
     *
     * @return false if the presence had ended by {@code now}; its end is then final
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

    /**
     * Starts the epoch of a published state's word, unless it has started or the presence has ended.
     *
     * <p>A thread that has read the state some writes ago can find the word three epochs ahead, which is one behind
     * modulo 4. So the state must still be published <b>after</b> the word is read: then the word is of its epoch or of
     * the one before.
     */
    final void advanceEpoch(long next) {
        while (true) {
            long seen = word;
            boolean isBehind = !isEnded(seen) && isSameEpoch(seen + 1, next) && isPublished(next);
            if (!isBehind || WORD.compareAndSet(this, seen, (next & ~FENCE) | (seen & FENCE))) {
                return;
            }
        }
    }

    /** Returns whether a word is that of the published state. */
    abstract boolean isPublished(long stateWord);

    private static long withNextFence(long word) {
        return (word & ~FENCE) | ((word + NEXT_FENCE) & FENCE);
    }

    /** Makes each heartbeat fail that has read the word before. Does nothing if the presence has ended. */
    final void fence() {
        while (true) {
            long seen = word;
            if (isEnded(seen) || WORD.compareAndSet(this, seen, withNextFence(seen))) {
                return;
            }
        }
    }

    /**
     * Sets the deadline to that of a grace, even if that is earlier, and leaves the TTL.
     *
     * @param grace takes the time of the last heartbeat
     * @return false if the presence had ended by {@code now}; its end is then final
     */
    final boolean endAfter(Grace grace, long now) {
        while (true) {
            long seen = liveWord(now);
            if (seen == ENDED) {
                return false;
            }
            grace.lastSeen = Math.min(now, deadline(seen) - ttl);
            if (WORD.compareAndSet(this, seen, withDeadline(seen, grace.deadline))) {
                return true;
            }
        }
    }

    /** Returns whether another node owns the presence. False once it has ended. */
    public final boolean isRemote() {
        return isRemote(word);
    }

    /** Records the time of the last heartbeat of an ended lease. */
    final void recordLastSeen(long at) {
        ttl = endedAt() - at;
    }

    /**
     * Ends the presence before its deadline.
     *
     * @return false if it had ended by {@code now}; its end is then final
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
