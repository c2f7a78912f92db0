package io.presence.internal.delivery;

import io.presence.internal.store.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The guard of the calls of a listener: at most one call runs at a time, and none starts while the gate is closed,
 * paused or held.
 *
 * <p>The state is one atomic word. A call starts by a CAS from 0 to {@code CALLING}, so that no call can start once
 * another bit is set. Closing sets a bit and returns the previous word, so that exactly one of {@link #shut} and the
 * running call finds that it is the last.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free.
 */
class CallGate {

    private static final int CALLING = 1;
    private static final int PAUSED = 2;
    private static final int CLOSED = 4;
    /* The bits from here on count the holds. Each hold is released once. */
    private static final int HOLD = 8;

    private static final VarHandle WORD = Fields.varHandle(MethodHandles.lookup(), "word", int.class);

    /* The JVM links a kind of call of a handle at the first one, which fails without memory. So it is made here. */
    static {
        CallGate linked = new CallGate();
        linked.hold();
        linked.pause();
        linked.resume();
        if (!linked.enter() && !linked.tryExit()) {
            linked.shut();
        }
    }

    private volatile int word;

    /** Creates an open gate. */
    public CallGate() {}

    /** Starts a call. False if the gate is closed, paused, held or entered. */
    public final boolean enter() {
        return WORD.compareAndSet(this, 0, CALLING);
    }

    /** Ends a call. True if the gate was closed meanwhile, so that this was the last call. */
    public final boolean tryExit() {
        return ((int) WORD.getAndBitwiseAnd(this, ~CALLING) & CLOSED) != 0;
    }

    /** The state in which {@link #shut} found the gate. */
    public enum ShutResult {
        /** No call was running. */
        NO_CALL,
        /** A call was running. {@link #tryExit} returns true at its end. */
        DURING_CALL,
        /** The gate was closed. */
        ALREADY_CLOSED
    }

    /** Closes the gate, so that no further call starts. */
    public final ShutResult shut() {
        int before = (int) WORD.getAndBitwiseOr(this, CLOSED);
        if ((before & CLOSED) != 0) {
            return ShutResult.ALREADY_CLOSED;
        }
        return (before & CALLING) == 0 ? ShutResult.NO_CALL : ShutResult.DURING_CALL;
    }

    public final boolean isClosed() {
        return (word & CLOSED) != 0;
    }

    /** Returns whether a call can start now or after the running one. */
    public final boolean isOpen() {
        return (word & ~CALLING) == 0;
    }

    /** Returns whether a call is running or is about to. */
    public final boolean isEntered() {
        return (word & CALLING) != 0;
    }

    public final boolean isPaused() {
        return (word & PAUSED) != 0;
    }

    public final void pause() {
        WORD.getAndBitwiseOr(this, PAUSED);
    }

    public final void resume() {
        WORD.getAndBitwiseAnd(this, ~PAUSED);
    }

    public final void hold() {
        WORD.getAndAdd(this, HOLD);
    }

    public final void release() {
        WORD.getAndAdd(this, -HOLD);
    }
}
