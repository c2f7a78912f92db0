package io.presence.internal.mailbox;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Who may empty a mailbox: one thread at a time, and always somebody after something was left.
 *
 * <p>Whoever leaves something first puts it in, then {@linkplain #signal signals}; whoever empties the box first finds
 * nothing, then {@linkplain #end ends} its turn, which fails if it was signalled meanwhile. Both sides are atomic
 * exchanges of one word, so that at least one of them sees the other, and nothing is left lying.
 *
 * <p><b>Threads.</b> {@link #signal} by any thread, the rest by who has the turn.
 */
public class Turns {

    private static final int IDLE = 0;
    private static final int SCHEDULED = 1;
    private static final int RUNNING = 2;
    private static final int SIGNALLED = 3;

    private static final VarHandle STATUS;

    static {
        try {
            STATUS = MethodHandles.lookup().findVarHandle(Turns.class, "status", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int status;

    /** Says that there may be something. True if the caller must now schedule a turn. */
    public boolean signal() {
        while (true) {
            int seen = status;
            if (seen == IDLE) {
                if (STATUS.compareAndSet(this, IDLE, SCHEDULED)) {
                    return true;
                }
            } else if (seen != RUNNING || STATUS.compareAndSet(this, RUNNING, SIGNALLED)) {
                return false;
            }
        }
    }

    /** Begins a turn that was scheduled. */
    public void begin() {
        status = RUNNING;
    }

    /** Ends a turn that found nothing more. False if it must look again. */
    public boolean end() {
        if (STATUS.compareAndSet(this, RUNNING, IDLE)) {
            return true;
        }
        status = RUNNING;
        return false;
    }

    /** Gives up a turn that could not be scheduled; the next signal schedules it. */
    public void abandon() {
        status = IDLE;
    }

    /** Ends a turn that is to be followed by another, which the caller schedules. */
    public void follow() {
        status = SCHEDULED;
    }
}
