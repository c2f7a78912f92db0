package io.presence.bench.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The failed checks of a soak.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class Findings {

    private static final int MAX_KEPT = 20;

    private final List<String> first = new ArrayList<>();
    private final AtomicLong count = new AtomicLong();

    /** Counts a failed check, and prints the first of them. */
    void add(String finding) {
        if (count.incrementAndGet() > MAX_KEPT) {
            return;
        }
        System.err.println("FAILED: " + finding);
        synchronized (first) {
            first.add(finding);
        }
    }

    void require(boolean holds, String finding) {
        if (!holds) {
            add(finding);
        }
    }

    void requireEqual(String what, long expected, long actual) {
        require(expected == actual, what + " must be " + expected + ": " + actual);
    }

    long count() {
        return count.get();
    }

    List<String> first() {
        synchronized (first) {
            return List.copyOf(first);
        }
    }
}
