package io.presence.bench.expiry.peer;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Timers by number, of which each becomes due a lifetime after it was last armed or put off.
 *
 * <p><b>Threads.</b> For one; where the timers have a thread of their own, that thread tells what is due.
 */
public interface Timers extends AutoCloseable {
    /** How far apart two ticks are: about the library's 8 ms, but a power of two, which one of the peers needs. */
    long TICK_NANOS = 1L << 23;

    /** Arms a timer that is not armed. */
    void arm(int timer);

    /**
     * Puts a timer off that is not due yet.
     *
     * @param timer its number, for those who need no search
     * @param arrived what has arrived: equal to what was armed but not the same object, for those who find it by its id
     */
    void touch(int timer, TimerRecord arrived);

    /** Ends what is due by the clock, unless that is remaining to a thread. */
    void advance();

    /** Returns how many timers are armed and have not ended, about, if a thread ends them. */
    long remaining();

    @Override
    void close();

    /**
     * What a timer is about; the least that a presence says.
     *
     * @param id of the presence
     * @param userId whose it is
     * @param status what it says
     */
    record TimerRecord(String id, String userId, String status) {}

    /**
     * What all timers are given.
     *
     * @param clock the time in nanoseconds
     * @param ttl the lifetime
     * @param records what they are about, by number
     * @param due is delivered the id of each that has ended
     */
    record TimerConfig(LongSupplier clock, Duration ttl, List<TimerRecord> records, Consumer<String> due) {
        long deadline() {
            return clock.getAsLong() + ttl.toNanos();
        }

        int count() {
            return records.size();
        }
    }
}
