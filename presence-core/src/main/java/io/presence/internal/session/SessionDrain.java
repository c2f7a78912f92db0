package io.presence.internal.session;

import java.util.Iterator;
import java.util.Set;

/**
 * A drain: the close of all open sessions, evenly spread over a time.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class SessionDrain {

    private static final int MAX_IN_CYCLE = 64;

    private final Set<LiveSession> open;
    private final long start;
    private final long length;
    private final long total;
    private long closed;

    /**
     * Starts a drain.
     *
     * @param open the open sessions; a closed session removes itself
     * @param length nanoseconds until the last session is due
     */
    SessionDrain(Set<LiveSession> open, long start, long length) {
        this.open = open;
        this.start = start;
        this.length = length;
        this.total = open.size();
    }

    /** Closes the sessions that are due, up to a budget. Returns their number. */
    int advance(long now) {
        long due = due(now);
        int done = 0;
        Iterator<LiveSession> left = open.iterator();
        while (done < MAX_IN_CYCLE && closed < due && left.hasNext()) {
            closed++;
            done++;
            left.next().shutDown(now);
        }
        return done;
    }

    private long due(long now) {
        long elapsed = now - start;
        return elapsed >= length ? Long.MAX_VALUE : (long) ((double) elapsed / length * total);
    }

    /** Returns the nanoseconds until the next session is due, or {@link Long#MAX_VALUE} if none is left. */
    long idleNanos(long now) {
        if (open.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long next = closed >= total ? length : (long) Math.ceil((closed + 1.0) / total * length);
        return Math.max(0, start + next - now);
    }
}
