package io.presence.internal.store;

/**
 * The grace of an incarnation whose last session was closed: it ends as disconnected if it ends at {@code deadline}.
 * A heartbeat of trusted code can move the deadline in the lease; then the grace has no effect.
 *
 * <p><b>Threads.</b> {@code lastSeen} is written before the lease word of this grace; a reader reads that word first.
 */
final class Grace implements Holding {

    final long deadline;

    /** The time of the last heartbeat before the close. */
    long lastSeen;

    Grace(long deadline) {
        this.deadline = deadline;
    }
}
