package io.presence.internal.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The right to empty a mailbox: one thread at a time has it, and always some thread after a change was added.
 *
 * <p>A thread that adds a change first puts it in, then {@linkplain #signal signals}; the draining thread first finds
 * nothing, then {@linkplain #end ends} its turn, which fails if it was signalled meanwhile. Both sides are atomic
 * exchanges of one word, so that at least one of them sees the other, and no change is left.
 *
 * <p>Each scheduled turn has a ticket, and only the newest ticket {@linkplain #begin begins}. So a turn that an
 * executor seems to have dropped can be {@linkplain #renew scheduled again}: the earlier one, if it runs after all,
 * does nothing. Tickets wrap after 2<sup>30</sup> turns.
 *
 * <p><b>Threads.</b> {@link #signal}, {@link #begin}, {@link #scheduled} and {@link #isIdle} by any thread,
 * {@link #cancel} by the one that scheduled the turn, {@link #renew} by the dispatcher, the rest by the draining
 * thread.
 */
class DrainState {

    /** In place of a ticket: there is none. */
    public static final int NONE = -1;

    private static final int IDLE = 0;
    private static final int SCHEDULED = 1;
    private static final int RUNNING = 2;
    private static final int SIGNALLED = 3;
    private static final int STATE = 3;
    private static final int TICKET_SHIFT = 2;

    private static final VarHandle STATUS;

    static {
        try {
            STATUS = MethodHandles.lookup().findVarHandle(DrainState.class, "status", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /* The state in the two lowest bits, above them the ticket of the newest turn. */
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
     * Says that there may be a change. Returns the ticket of the turn that the caller must now schedule, or
     * {@link #NONE}.
     */
    public int signal() {
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

    /** Begins a scheduled turn. False if another has taken its place. */
    public boolean begin(int ticket) {
        int scheduled = ticket << TICKET_SHIFT | SCHEDULED;
        return STATUS.compareAndSet(this, scheduled, with(scheduled, RUNNING));
    }

    /** Ends a turn that found nothing more. False if it must look again. */
    public boolean end() {
        int running = with(status, RUNNING);
        if (STATUS.compareAndSet(this, running, with(running, IDLE))) {
            return true;
        }
        status = running;
        return false;
    }

    /** Ends a turn that failed, whether or not it was signalled; the next signal schedules another. */
    public void reset() {
        status = with(status, IDLE);
    }

    /** Ends a turn that is to be followed by another, which the caller schedules. Returns the ticket of that. */
    public int scheduleNext() {
        int scheduled = scheduledAfter(status);
        status = scheduled;
        return ticketOf(scheduled);
    }

    /** Gives up a turn that could not be scheduled; the next signal schedules another. Does nothing if it has begun. */
    public void cancel(int ticket) {
        int scheduled = ticket << TICKET_SHIFT | SCHEDULED;
        STATUS.compareAndSet(this, scheduled, with(scheduled, IDLE));
    }

    /**
     * Replaces a scheduled turn that has not begun.
     *
     * @return the ticket of the turn that the caller must now schedule, or {@link #NONE} if the other has begun
     *     meanwhile
     */
    public int renew(int ticket) {
        int scheduled = ticket << TICKET_SHIFT | SCHEDULED;
        int renewed = scheduledAfter(scheduled);
        return STATUS.compareAndSet(this, scheduled, renewed) ? ticketOf(renewed) : NONE;
    }

    /** Returns the ticket of the turn that is scheduled and has not begun, or {@link #NONE}. */
    public int scheduled() {
        int seen = status;
        return (seen & STATE) == SCHEDULED ? ticketOf(seen) : NONE;
    }

    /** Tells whether no turn is scheduled or running. */
    public boolean isIdle() {
        return (status & STATE) == IDLE;
    }
}
