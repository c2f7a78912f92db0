package io.presence.internal.delivery;

import io.presence.internal.store.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The scheduling state of a mailbox: at most one thread drains it, and every enqueue is followed by a drain.
 *
 * <p>A producer enqueues, then {@linkplain #signal signals}. The draining thread finds the mailbox empty, then tries to
 * {@linkplain #end end} the drain, which fails if a signal has arrived. Both are atomic updates of one word, so that at
 * least one side observes the other, and no change is stranded.
 *
 * <p>Each scheduled drain has a ticket, and only the newest ticket {@linkplain #begin begins}. So a drain that an
 * executor seems to have dropped can be {@linkplain #renew scheduled again}: the earlier one does nothing if it runs
 * later. Tickets wrap after 2<sup>30</sup> drains.
 *
 * <p><b>Threads.</b> {@link #signal}, {@link #begin}, {@link #scheduled} and {@link #isIdle} by any thread,
 * {@link #cancel} by the thread that scheduled the drain, {@link #renew} by the dispatcher, the rest by the draining
 * thread. Lock-free.
 */
class DrainState {

    /** The absence of a ticket. */
    public static final int NONE = -1;

    private static final int IDLE = 0;
    private static final int SCHEDULED = 1;
    private static final int RUNNING = 2;
    private static final int SIGNALLED = 3;
    private static final int STATE = 3;
    private static final int TICKET_SHIFT = 2;

    private static final VarHandle STATUS = Fields.varHandle(MethodHandles.lookup(), "status", int.class);

    /* The JVM links a kind of call of a handle at the first one, which fails without memory. So it is made here. */
    static {
        DrainState linked = new DrainState();
        linked.cancel(linked.signal());
    }

    /* The state in the two lowest bits, above them the ticket of the newest drain. */
    private volatile int status;

    private static int ticketOf(int status) {
        return status >>> TICKET_SHIFT;
    }

    private static int with(int status, int state) {
        return (status & ~STATE) | state;
    }

    private static int scheduledAfter(int status) {
        return (ticketOf(status) + 1) << TICKET_SHIFT | SCHEDULED;
    }

    /**
     * Signals that a change can be pending.
     *
     * @return the ticket of the drain that the caller must now schedule, or {@link #NONE}
     */
    public final int signal() {
        while (true) {
            int seen = status;
            int state = seen & STATE;
            if (state == IDLE) {
                int scheduled = scheduledAfter(seen);
                if (STATUS.compareAndSet(this, seen, scheduled)) {
                    return ticketOf(scheduled);
                }
            } else if (state != RUNNING || STATUS.compareAndSet(this, seen, with(seen, SIGNALLED))) {
                return NONE;
            }
        }
    }

    /** Begins a scheduled drain. False if the ticket is not the newest. */
    public final boolean begin(int ticket) {
        int scheduled = ticket << TICKET_SHIFT | SCHEDULED;
        return STATUS.compareAndSet(this, scheduled, with(scheduled, RUNNING));
    }

    /** Ends a drain that has found the mailbox empty. False if a signal has arrived, so that it must continue. */
    public final boolean end() {
        int running = with(status, RUNNING);
        if (STATUS.compareAndSet(this, running, with(running, IDLE))) {
            return true;
        }
        status = running;
        return false;
    }

    /** Ends a drain that has failed, even if a signal has arrived. The next signal schedules another drain. */
    public final void abort() {
        status = with(status, IDLE);
    }

    /** Ends a drain and returns the ticket of the next one, which the caller must now schedule. */
    public final int scheduleNext() {
        int scheduled = scheduledAfter(status);
        status = scheduled;
        return ticketOf(scheduled);
    }

    /**
     * Cancels a drain that could not be scheduled. The next signal schedules another. Does nothing if the drain has
     * begun.
     */
    public final void cancel(int ticket) {
        int scheduled = ticket << TICKET_SHIFT | SCHEDULED;
        STATUS.compareAndSet(this, scheduled, with(scheduled, IDLE));
    }

    /**
     * Replaces a scheduled drain that has not begun.
     *
     * @return the ticket of the drain that the caller must now schedule, or {@link #NONE} if the earlier one has begun
     */
    public final int renew(int ticket) {
        int scheduled = ticket << TICKET_SHIFT | SCHEDULED;
        int renewed = scheduledAfter(scheduled);
        return STATUS.compareAndSet(this, scheduled, renewed) ? ticketOf(renewed) : NONE;
    }

    /** Returns the ticket of the drain that is scheduled and has not begun, or {@link #NONE}. */
    public final int scheduled() {
        int seen = status;
        return (seen & STATE) == SCHEDULED ? ticketOf(seen) : NONE;
    }

    /** Returns whether no drain is scheduled or running. */
    public final boolean isIdle() {
        return (status & STATE) == IDLE;
    }
}
