package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The status of a presence with an idle ladder: the written one, the rung that is shown in its place, and the time of
 * the last activity.
 *
 * <p><b>Threads.</b> Immutable, except for the time of the last activity. It is written under the monitor of the entry
 * and read by any thread.
 */
final class IdleStatus {

    private final IdleLadder ladder;
    private final String written;
    private final int rung;
    private volatile long activeAt;

    private IdleStatus(IdleLadder ladder, String written, int rung, long activeAt) {
        this.ladder = ladder;
        this.written = written;
        this.rung = rung;
        this.activeAt = activeAt;
    }

    /** Returns the status after a write at {@code now}, or null without a ladder. */
    static @Nullable IdleStatus written(@Nullable IdleLadder ladder, String status, long now) {
        return ladder == null ? null : new IdleStatus(ladder, status, 0, now);
    }

    /** Returns the status after a write at {@code now} that keeps the ladder. */
    IdleStatus rewritten(String status, long now) {
        return new IdleStatus(ladder, status, 0, now);
    }

    /** Returns the status after activity at {@code now}. */
    IdleStatus active(long now) {
        return rewritten(written, now);
    }

    /** Returns the status with a later rung shown. */
    IdleStatus showing(int later) {
        return new IdleStatus(ladder, written, later, activeAt);
    }

    /** Starts the idle clock again. */
    void restart(long now) {
        activeAt = now;
    }

    IdleLadder ladder() {
        return ladder;
    }

    String written() {
        return written;
    }

    /** The rung that is shown; 0 for the written status. */
    int rung() {
        return rung;
    }

    /** The status that is shown. */
    String shown() {
        return rung == 0 ? written : ladder.status(rung);
    }

    /** The number of rungs after the one that is shown. */
    int rungsLeft() {
        return ladder.size() - rung;
    }

    /** The time at which the next rung is due unless there is activity before; the maximum if there is none. */
    long nextAt() {
        int next = Math.max(rung + 1, ladder.firstBelow(written));
        return next > ladder.size() ? Long.MAX_VALUE : activeAt + ladder.after(next);
    }

    /** The last rung that is due at {@code now}; the rung that is shown if no later one is. */
    int rungAt(long now) {
        int first = Math.max(rung + 1, ladder.firstBelow(written));
        int due = ladder.size();
        while (due >= first && activeAt + ladder.after(due) > now) {
            due--;
        }
        return due >= first ? due : rung;
    }
}
