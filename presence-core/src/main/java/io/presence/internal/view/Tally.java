package io.presence.internal.view;

import io.presence.internal.store.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;

/**
 * The number of presences and of their different users.
 *
 * <p><b>Threads.</b> {@link #add} and {@link #remove} by the dispatcher. The numbers by any thread; both are of one
 * moment if they are taken from one {@link #counts}.
 */
final class Tally {

    private static final int HALF = 32;
    private static final VarHandle COUNTS = Fields.varHandle(MethodHandles.lookup(), "counts", long.class);

    private final Map<String, Integer> byUser = new HashMap<>(4);
    private int presences;
    /* The presences in the upper half, the users in the lower. */
    private volatile long counts;

    void add(String userId) {
        byUser.merge(userId, 1, Integer::sum);
        presences++;
        publish();
    }

    /** Removes a presence, and returns whether it was the last. */
    boolean remove(String userId) {
        byUser.computeIfPresent(userId, (user, count) -> count == 1 ? null : count - 1);
        presences--;
        publish();
        return presences == 0;
    }

    private void publish() {
        COUNTS.setRelease(this, (long) presences << HALF | byUser.size());
    }

    /** Returns both numbers. */
    long counts() {
        return counts;
    }

    static int presences(long counts) {
        return (int) (counts >>> HALF);
    }

    static int users(long counts) {
        return (int) counts;
    }
}
