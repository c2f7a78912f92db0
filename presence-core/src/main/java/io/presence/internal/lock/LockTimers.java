package io.presence.internal.lock;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The timers of waits, in the order of their times. A wheel would not keep this order.
 *
 * <p><b>Cost.</b> Logarithmic in the number of timers.
 *
 * <p><b>Threads.</b> Safe for use by any thread; {@link #run} by the dispatcher.
 */
final class LockTimers {

    private final ConcurrentSkipListMap<Due, Runnable> timers = new ConcurrentSkipListMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /**
     * A time, and a number that distinguishes timers of one time.
     *
     * @param at nanoseconds by the clock of the store
     */
    record Due(long at, long number) implements Comparable<Due> {

        private static final Comparator<Due> ORDER =
                Comparator.comparingLong(Due::at).thenComparingLong(Due::number);

        @Override
        public int compareTo(Due other) {
            return ORDER.compare(this, other);
        }
    }

    /** Returns the key of a timer that is to be added. */
    Due due(long at) {
        return new Due(at, numbers.incrementAndGet());
    }

    void add(Due due, Runnable action) {
        timers.put(due, action);
    }

    void remove(Due due) {
        timers.remove(due);
    }

    /** Runs timers that are due. Returns their number, at most {@code budget}. */
    int run(long now, int budget) {
        int done = 0;
        Map.Entry<Due, Runnable> first;
        while (done < budget
                && (first = timers.firstEntry()) != null
                && first.getKey().at() <= now) {
            done++;
            if (timers.remove(first.getKey()) != null) {
                first.getValue().run();
            }
        }
        return done;
    }

    /** Returns the nanoseconds until the next timer, or {@link Long#MAX_VALUE} if there is none. */
    long idleNanos(long now) {
        Map.Entry<Due, Runnable> first = timers.firstEntry();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.getKey().at() - now);
    }
}
