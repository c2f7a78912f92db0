package io.presence.internal.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What every call to a listener passes: at most one at a time, and none while it is closed, paused or held.
 *
 * <p>It is one atomic word. A call starts by moving it from 0 to {@code CALLING}, so once one of the other bits is set
 * no call can start, whatever raced; and of a closer and a running call exactly one learns that it is the last.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free.
 */
public class CallGate {

    private static final int CALLING = 1;
    private static final int PAUSED = 2;
    private static final int CLOSED = 4;
    /* Holds are counted in the bits from here on: each is taken off by who put it on. */
    private static final int HOLD = 8;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(CallGate.class, "word", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int word;

    /** Makes one that is open, and that nobody has entered. */
    public CallGate() {}

    /** Starts a call. False if none may start now. */
    public boolean enter() {
        return WORD.compareAndSet(this, 0, CALLING);
    }

    /** Ends a call. True if the gate was closed meanwhile: this was the last call. */
    public boolean tryExit() {
        return ((int) WORD.getAndBitwiseAnd(this, ~CALLING) & CLOSED) != 0;
    }

    /** How a {@link #shut} found the gate. */
    public enum Shutting {
        /** No call is running and none will start. */
        LAST,
        /** A call is running, which will learn that it was the last. */
        DURING_CALL,
        /** It was closed already. */
        AGAIN
    }

    /**
     * Lets no call start from now on. Who finds no call running, or else the running call, learns that it is the last.
     */
    public Shutting shut() {
        int before = (int) WORD.getAndBitwiseOr(this, CLOSED);
        if ((before & CLOSED) != 0) {
            return Shutting.AGAIN;
        }
        return (before & CALLING) == 0 ? Shutting.LAST : Shutting.DURING_CALL;
    }

    public boolean isClosed() {
        return (word & CLOSED) != 0;
    }

    /** Tells whether a call may start, if not now then as soon as the running one has ended. */
    public boolean isPassable() {
        return (word & ~CALLING) == 0;
    }

    /** Tells whether a call is running, or is about to. */
    public boolean isEntered() {
        return (word & CALLING) != 0;
    }

    public boolean isPaused() {
        return (word & PAUSED) != 0;
    }

    public void pause() {
        WORD.getAndBitwiseOr(this, PAUSED);
    }

    public void resume() {
        WORD.getAndBitwiseAnd(this, ~PAUSED);
    }

    public void hold() {
        WORD.getAndAdd(this, HOLD);
    }

    public void release() {
        WORD.getAndAdd(this, -HOLD);
    }
}
