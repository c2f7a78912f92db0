package io.presence.internal.delivery;

import io.presence.internal.store.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The guard of the calls of a listener: at most one call runs at a time, and none starts while the gate is closed,
 * paused or held. It also records the thread of the call.
 *
 * <p>Two words have one kind of writer each. {@code barred} is not 0 while no call may start; any thread changes it.
 * {@code owner} is written only by the thread that enters the gate, until it exits. A call enters in {@code owner},
 * <b>then</b> reads {@code barred}, and exits if that is not 0. A closing thread sets a bit of {@code barred},
 * <b>then</b> reads {@code owner}. All four are volatile, so at least one of the two threads sees the other, and no
 * call runs that both have missed.
 *
 * <p><b>The end.</b> {@link #exit} writes {@code owner}, <b>then</b> reads {@code barred}. So at least one of the
 * closing thread and the last call finds that no call is running and none can start, and calls {@link #complete}. Both
 * can find it. Then both call it.
 *
 * <p><b>Calls in a row.</b> {@link #leave} writes {@code owner} by a release store, which is cheaper than a volatile
 * one. The thread can read {@code barred} before that store is visible to others. Then a closing thread finds a call,
 * and the call finds no close. So the thread must call {@link #endIfClosed} after a full fence, before it runs other
 * code of the host. The compare-and-set that enters the next gate is such a fence: on x86 it orders all accesses, on
 * AArch64 the release store before it and the volatile read of {@code barred} after it.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free. {@link #callStarts}, {@link #callEnds}, {@link #exit} and
 * {@link #leave} by the thread that has entered.
 */
abstract class CallGate {

    private static final int PAUSED = 1;
    private static final int CLOSED = 2;
    /* The bits from here on count the holds. Each hold is released once. */
    private static final int HOLD = 4;

    private static final int ENTERED = 1;
    private static final int CALLING = 2;
    /* The bits from here on are the number of a thread, or 0. */
    private static final int NUMBER_SHIFT = 2;

    private static final VarHandle BARRED = Fields.varHandle(MethodHandles.lookup(), "barred", int.class);
    private static final VarHandle OWNER = Fields.varHandle(MethodHandles.lookup(), "owner", int.class);

    /* The JVM links a kind of call of a handle at the first one, which fails without memory. So it is made here. */
    static {
        CallGate linked = new CallGate() {
            @Override
            void complete() {}
        };
        linked.hold();
        linked.pause();
        linked.resume();
        linked.release();
        if (linked.enterCall()) {
            linked.leave();
        }
        linked.shut();
    }

    private volatile int barred;
    /*
     * Two flags, and above them the lower 30 bits of the id of the thread whose call is running or was the last to end.
     * The id keeps a thread from waiting for its own call. A number and not a reference, which would need a write
     * barrier of the collector.
     */
    private volatile int owner;

    /** Creates an open gate. */
    CallGate() {}

    /**
     * Called when the gate is closed, no call is running and none can start. Can be called more than once, by several
     * threads.
     */
    abstract void complete();

    private static int number(Thread thread) {
        int number = (int) thread.getId() << NUMBER_SHIFT;
        return number == 0 ? 1 << NUMBER_SHIFT : number;
    }

    /** Enters the gate. False if it is closed, paused, held or entered. */
    public final boolean enter() {
        int seen = owner;
        return enter(seen, seen | ENTERED);
    }

    /** Enters the gate and starts a call. False if the gate is closed, paused, held or entered. */
    public final boolean enterCall() {
        return enter(owner, number(Thread.currentThread()) | CALLING | ENTERED);
    }

    private boolean enter(int seen, int entered) {
        if ((seen & ENTERED) != 0 || !OWNER.compareAndSet(this, seen, entered)) {
            return false;
        }
        if (barred == 0) {
            return true;
        }
        exit();
        return false;
    }

    /** Starts a call. */
    final void callStarts() {
        OWNER.setRelease(this, number(Thread.currentThread()) | CALLING | ENTERED);
    }

    /** Ends a call. */
    final void callEnds() {
        OWNER.setRelease(this, owner & ~CALLING);
    }

    /** Exits the gate, and ends the call if one is running. */
    public final void exit() {
        owner = owner & ~(CALLING | ENTERED);
        if (isClosed()) {
            complete();
        }
    }

    /** Exits the gate as {@link #exit} does, but can miss a concurrent close. {@link #endIfClosed} must follow. */
    public final void leave() {
        OWNER.setRelease(this, owner & ~(CALLING | ENTERED));
        if (isClosed()) {
            complete();
        }
    }

    /** Completes the end that {@link #leave} may have missed. By the thread that has left, after a full fence. */
    public final void endIfClosed() {
        if (isClosed() && !isEntered()) {
            complete();
        }
    }

    /** The state in which {@link #shut} found the gate. */
    public enum ShutResult {
        /** No call was running. */
        NO_CALL,
        /** A call was running, or has ended at the same time. Its thread calls {@link #complete}. */
        DURING_CALL,
        /** The gate was closed. */
        ALREADY_CLOSED
    }

    /** Closes the gate, so that no further call starts. */
    public final ShutResult shut() {
        int before = (int) BARRED.getAndBitwiseOr(this, CLOSED);
        if ((before & CLOSED) != 0) {
            return ShutResult.ALREADY_CLOSED;
        }
        return isEntered() ? ShutResult.DURING_CALL : ShutResult.NO_CALL;
    }

    public final boolean isClosed() {
        return (barred & CLOSED) != 0;
    }

    /** Returns whether a call can start now or after the running one. */
    public final boolean isOpen() {
        return barred == 0;
    }

    /** Returns whether a call is running or is about to. */
    public final boolean isEntered() {
        return (owner & ENTERED) != 0;
    }

    /** Returns whether a call is running. A racy reading. */
    public final boolean isCalling() {
        return (owner & CALLING) != 0;
    }

    /** Returns whether a thread makes the running call. Exact if the calling thread is that thread. */
    public final boolean isCalledBy(Thread thread) {
        return owner == (number(thread) | CALLING | ENTERED);
    }

    /** Returns whether a thread made the last call that has ended. Exact if the calling thread is that thread. */
    public final boolean wasCalledBy(Thread thread) {
        return (owner & ~ENTERED) == number(thread);
    }

    /** Returns whether another thread makes the running call, or made the last one. A racy reading. */
    public final boolean wasCalledByOtherThan(Thread thread) {
        int seen = owner & ~(CALLING | ENTERED);
        return seen != 0 && seen != number(thread);
    }

    public final boolean isPaused() {
        return (barred & PAUSED) != 0;
    }

    public final void pause() {
        BARRED.getAndBitwiseOr(this, PAUSED);
    }

    public final void resume() {
        BARRED.getAndBitwiseAnd(this, ~PAUSED);
    }

    public final void hold() {
        BARRED.getAndAdd(this, HOLD);
    }

    public final void release() {
        BARRED.getAndAdd(this, -HOLD);
    }
}
