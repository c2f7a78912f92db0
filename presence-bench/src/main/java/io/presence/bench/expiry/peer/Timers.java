package io.presence.bench.expiry.peer;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Numbered timers. Each becomes due one TTL after it was last armed or extended.
 *
 * <p><b>Threads.</b> For one thread. Timers with their own thread deliver expirations on it.
 */
public interface Timers extends AutoCloseable {

    /** The tick: about the library's 8 ms, but a power of two, which Agrona requires. */
    long TICK_NANOS = 1L << 23;

    /** Arms a timer that is not armed. */
    void arm(int timer);

    /**
     * Extends a timer that is not due yet.
     *
     * @param timer its number, for candidates that need no search
     * @param arrived its record: equal to the armed record but another object, for candidates that find timers by id
     */
    void touch(int timer, TimerRecord arrived);

    /** Expires the timers that are due, unless a thread does so. */
    void advance();

    /** Returns the number of armed timers that have not expired. It is approximate if a thread expires them. */
    long remaining();

    @Override
    void close();

    /**
     * The record of a timer: the minimum that a presence has.
     *
     * @param id the presence id
     * @param userId the user
     * @param status the status
     */
    record TimerRecord(String id, String userId, String status) {}

    /**
     * The configuration of all timers.
     *
     * @param clock the time in nanoseconds
     * @param ttl the TTL
     * @param records the records, by number
     * @param due called with the id of each expired timer
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
