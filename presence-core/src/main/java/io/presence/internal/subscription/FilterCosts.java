package io.presence.internal.subscription;

import io.presence.internal.delivery.LiveSubscription;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations that filters have used for unevaluated changes, by subscription, in the current minute and the one
 * before.
 *
 * <p><b>Cost.</b> An entry of a hash table for each subscription with such changes in two minutes, until it is closed.
 *
 * <p><b>Threads.</b> Safe for use by any thread. Operations that are counted while a minute begins can be missing.
 */
final class FilterCosts {

    private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanos;
    private volatile Period current;

    private static final class Period {

        private final long start;
        private final Map<LiveSubscription, Long> costs = new ConcurrentHashMap<>();
        private final Map<LiveSubscription, Long> previous;

        Period(long start, Map<LiveSubscription, Long> previous) {
            this.start = start;
            this.previous = previous;
        }
    }

    /**
     * Creates an empty table.
     *
     * @param nanos a monotonic clock that does not fail
     */
    FilterCosts(LongSupplier nanos) {
        this.nanos = nanos;
        this.current = new Period(nanos.getAsLong(), new ConcurrentHashMap<>());
    }

    /** Counts operations. Does not throw: they are not counted if memory is exhausted. */
    void add(LiveSubscription subscription, long operations) {
        try {
            period().costs.merge(subscription, operations, Long::sum);
        } catch (Throwable uncounted) {
            /* The evaluation must not fail because of its count. */
        }
    }

    /* Two threads can both begin the next period. Operations that one of them counts in between are lost. */
    private Period period() {
        Period seen = current;
        long age = nanos.getAsLong() - seen.start;
        if (age < PERIOD) {
            return seen;
        }
        Map<LiveSubscription, Long> before = age < 2 * PERIOD ? seen.costs : new ConcurrentHashMap<>();
        Period next = new Period(seen.start + age / PERIOD * PERIOD, before);
        current = next;
        return next;
    }

    void forget(LiveSubscription subscription) {
        Period seen = current;
        seen.costs.remove(subscription);
        seen.previous.remove(subscription);
    }

    /** Describes the open subscription with the greatest sum, and the sum, or returns null if there is none. */
    @Nullable String costliest() {
        Period seen = period();
        Map<LiveSubscription, Long> sums = new HashMap<>(seen.previous);
        seen.costs.forEach((subscription, cost) -> sums.merge(subscription, cost, Long::sum));
        return sums.entrySet().stream()
                .filter(each -> each.getKey().isOpen())
                .max(Map.Entry.comparingByValue())
                .map(each -> each.getKey().description() + ", " + each.getValue() + " operations")
                .orElse(null);
    }
}
