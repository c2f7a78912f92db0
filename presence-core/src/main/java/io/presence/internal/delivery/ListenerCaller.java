package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;
import io.presence.internal.store.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one listener, which the gate guards, and the end of its subscription. The last of the running call and
 * {@link #close} completes {@link #ended}.
 *
 * <p><b>Threads.</b> As for the gate. The methods that call the listener, by the thread that has entered the gate.
 */
final class ListenerCaller extends CallGate {

    private static final VarHandle REASON = Fields.varHandle(MethodHandles.lookup(), "reason", CloseReason.class);
    private static final VarHandle END = Fields.varHandle(MethodHandles.lookup(), "end", Object.class);

    /* The JVM links a kind of call of a handle at the first one, which fails without memory. So it is made here. */
    static {
        new ListenerCaller(event -> {}).close(CloseReason.CLOSED);
    }

    private final PresenceListener listener;
    /* The first reason. Set before the gate is closed, so that the last of the two threads reads it. */
    private volatile @Nullable CloseReason reason;
    /* Null until the end or the first call of ended(), then the reason or the future. Most never need the future. */
    private volatile @Nullable Object end;
    /*
     * The number of the thread whose call is running; negated, of the thread whose call was the last to end; 0 if there
     * was no call. It keeps a thread from waiting for its own call. Plain, since a thread compares it only with its own
     * number, which no other thread writes. A number and not a reference, which would need a write barrier of the
     * collector. It has the lower 31 bits of the id of the thread.
     */
    private int callerThread;
    /* The latest time at which that call started. Plain: only health reads it, as a racy reading. */
    private long callStart;

    /** The future of the end, for callers of {@link #ended} before the end. */
    private static final class End extends CompletableFuture<CloseReason> {}

    public ListenerCaller(PresenceListener listener) {
        this.listener = listener;
    }

    /** Records the start of the next call. */
    public void callStartsAt(long nanos) {
        callStart = nanos;
    }

    /** Returns whether a call is running. A racy reading. */
    public boolean isCalling() {
        return callerThread > 0;
    }

    private static int number(Thread thread) {
        int number = (int) thread.getId() & Integer.MAX_VALUE;
        return number == 0 ? 1 : number;
    }

    /** Returns the start of the running call. A racy reading. */
    public long callStart() {
        return callStart;
    }

    public boolean supportsReset() {
        return ResetSupport.isSupportedBy(listener);
    }

    /** Returns the meaning of an adapted listener, or null. By any thread. */
    public @Nullable String meaning() {
        return listener instanceof AdaptedListener adapted ? adapted.meaning() : null;
    }

    public boolean acceptsBatches() {
        return listener instanceof PresenceListener.Batching;
    }

    /** Delivers one event. Returns the exception of the listener, or null. */
    public @Nullable Throwable deliver(PresenceEvent event) {
        callerThread = number(Thread.currentThread());
        try {
            listener.onEvent(event);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        } finally {
            callerThread = -callerThread;
        }
    }

    /** Makes a call. Returns the exception of the listener, or null. */
    public @Nullable Throwable deliver(ListenerCall call) {
        callerThread = number(Thread.currentThread());
        try {
            switch (call.kind()) {
                case EVENTS -> deliver(call.events());
                case RESET -> listener.onReset();
                case SYNCED -> listener.onSynced(call.syncedAt());
                case EVALUATED, INTERRUPTED -> {}
            }
            return null;
        } catch (Throwable thrown) {
            return thrown;
        } finally {
            callerThread = -callerThread;
        }
    }

    private void deliver(List<PresenceEvent> events) {
        if (listener instanceof PresenceListener.Batching batching) {
            batching.onEvents(events);
        } else {
            listener.onEvent(events.get(0));
        }
    }

    /**
     * Calls {@code onClosed}, closes the gate and exits it. If a reason was set before, it only exits the gate. The
     * gate must be entered. Returns the exception of the listener, or null.
     */
    public @Nullable Throwable deliverClosed(CloseReason reason) {
        if (!isReasonSet(reason)) {
            exit();
            return null;
        }
        callerThread = number(Thread.currentThread());
        try {
            listener.onClosed(reason);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        } finally {
            callerThread = -callerThread;
            shut();
            exit();
        }
    }

    /** Ends a call, and completes the end if it was the last. */
    public void exit() {
        if (tryExit()) {
            complete();
        }
    }

    /** Closes the gate without calling {@code onClosed}. False if it was closed before. */
    public boolean close(CloseReason reason) {
        isReasonSet(reason);
        ShutResult found = shut();
        if (found == ShutResult.NO_CALL) {
            complete();
        }
        return found != ShutResult.ALREADY_CLOSED;
    }

    private boolean isReasonSet(CloseReason reason) {
        return REASON.compareAndSet(this, null, reason);
    }

    private void complete() {
        CloseReason first = requireNonNull(reason);
        if (!END.compareAndSet(this, null, first) && end instanceof End future) {
            future.complete(first);
        }
    }

    public CompletionStage<CloseReason> ended() {
        if (end == null) {
            END.compareAndSet(this, null, new End());
        }
        return end instanceof End future
                ? future.minimalCompletionStage()
                : CompletableFuture.completedStage((CloseReason) requireNonNull(end));
    }

    public boolean hasEnded() {
        return end instanceof End future ? future.isDone() : end != null;
    }

    public boolean isCalledBy(Thread thread) {
        return callerThread == number(thread);
    }

    /** Returns whether a thread made the last call that has ended. Exact if the calling thread is that thread. */
    public boolean wasCalledBy(Thread thread) {
        return callerThread == -number(thread);
    }

    /** Returns whether another thread makes the running call, or made the last one. A racy reading. */
    public boolean wasCalledByOtherThan(Thread thread) {
        int seen = callerThread;
        return seen != 0 && Math.abs(seen) != number(thread);
    }

    /** Returns whether the gate is closed for a reason. */
    public boolean isClosedBy(CloseReason expected) {
        return isClosed() && reason == expected;
    }
}
