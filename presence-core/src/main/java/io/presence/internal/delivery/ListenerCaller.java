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

    /** Delivers one event. The call must have started. Returns the exception of the listener, or null. */
    public @Nullable Throwable deliver(PresenceEvent event) {
        try {
            listener.onEvent(event);
            return null;
        } catch (Throwable thrown) {
            callEnds();
            return thrown;
        }
    }

    /** Makes a call. Returns the exception of the listener, or null. */
    public @Nullable Throwable deliver(ListenerCall call) {
        callStarts();
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
            callEnds();
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
        callStarts();
        try {
            listener.onClosed(reason);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        } finally {
            callEnds();
            shut();
            exit();
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

    @Override
    void complete() {
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

    /** Returns whether the gate is closed for a reason. */
    public boolean isClosedBy(CloseReason expected) {
        return isClosed() && reason == expected;
    }
}
