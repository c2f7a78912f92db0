package io.presence.internal.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rungs of an idle ladder: the statuses to show, each from a time without activity on. Rungs have numbers from 1
 * on; 0 stands for the written status.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class IdleLadder {

    private final long[] afterNanos;
    private final String[] statuses;

    private IdleLadder(Map<Duration, String> rungs) {
        afterNanos = rungs.keySet().stream().mapToLong(Duration::toNanos).toArray();
        statuses = rungs.values().toArray(String[]::new);
    }

    /** Returns the ladder of an upsert, or null if it has no rungs. */
    static @Nullable IdleLadder of(Map<Duration, String> rungs) {
        return rungs.isEmpty() ? null : new IdleLadder(rungs);
    }

    /** Returns whether a ladder has these rungs. Null is the ladder without rungs. */
    static boolean isSame(@Nullable IdleLadder ladder, Map<Duration, String> rungs) {
        return ladder == null ? rungs.isEmpty() : ladder.isOf(rungs);
    }

    private boolean isOf(Map<Duration, String> rungs) {
        if (rungs.size() != statuses.length) {
            return false;
        }
        int i = 0;
        for (Map.Entry<Duration, String> rung : rungs.entrySet()) {
            if (rung.getKey().toNanos() != afterNanos[i] || !rung.getValue().equals(statuses[i])) {
                return false;
            }
            i++;
        }
        return true;
    }

    /** The number of rungs, which is the number of the last one. */
    int size() {
        return statuses.length;
    }

    /** The rungs in their order. */
    Map<Duration, String> rungs() {
        Map<Duration, String> rungs = new LinkedHashMap<>();
        for (int i = 0; i < statuses.length; i++) {
            rungs.put(Duration.ofNanos(afterNanos[i]), statuses[i]);
        }
        return rungs;
    }

    /** The number of characters in all statuses. */
    int length() {
        int length = 0;
        for (String status : statuses) {
            length += status.length();
        }
        return length;
    }

    String status(int rung) {
        return statuses[rung - 1];
    }

    /** The time without activity, in nanoseconds, from which on a rung is shown. */
    long after(int rung) {
        return afterNanos[rung - 1];
    }

    /** The first rung below a written status: 1, unless the status is that of a rung. */
    int firstBelow(String written) {
        int rung = size();
        while (rung > 0 && !status(rung).equals(written)) {
            rung--;
        }
        return rung + 1;
    }
}
