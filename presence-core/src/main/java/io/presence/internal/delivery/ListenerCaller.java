package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A gate with a listener behind it, and the end of it: whoever comes last, the closer or the running call, completes
 * {@link #ended}.
 *
 * <p><b>Threads.</b> As for the gate; what calls the listener, by who has entered.
 */
final class ListenerCaller extends CallGate {

    private static final VarHandle REASON;
    private static final VarHandle END;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            REASON = lookup.findVarHandle(ListenerCaller.class, "reason", CloseReason.class);
            END = lookup.findVarHandle(ListenerCaller.class, "end", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final PresenceListener listener;
    /* The first that was given, before the gate is shut: so whoever comes last knows it. */
    private volatile @Nullable CloseReason reason;
    /*
     * Most are never asked for their end: null until it comes or is asked for, then the reason or what was handed out.
     */
    private volatile @Nullable Object end;
    /*
     * The number of the thread whose call is running; negated, of the thread whose call was the last to end; 0 if there
     * was none. So a thread that waits for the end of calls does not wait for itself. Plain: another thread that reads
     * it finds anything but itself. A number, since the collector has to note a reference that is written to an old
     * object. Its lower 31 bits: a number is used again after two billion threads.
     */
    private int caller;
    /* When that call started, at the latest: plain, for the same reason, and read by health alone. */
    private long startedAt;

    /** The end, for those who asked before it came. */
    private static final class End extends CompletableFuture<CloseReason> {}

    public ListenerCaller(PresenceListener listener) {
        this.listener = listener;
    }

    /** Notes when the next call starts. */
    public void startsAt(long nanos) {
        startedAt = nanos;
    }

    /** Tells whether a call is running. A racy reading. */
    public boolean isCalling() {
        return caller > 0;
    }

    private static int number(Thread thread) {
        int number = (int) thread.getId() & Integer.MAX_VALUE;
        return number == 0 ? 1 : number;
    }

    /** When the running call started. A racy reading. */
    public long startedAt() {
        return startedAt;
    }

    public boolean hearsResets() {
        return ResetSupport.areHeardBy(listener);
    }

    public boolean takesBatches() {
        return listener instanceof PresenceListener.Batching;
    }

    /** Tells one event. Returns what the listener threw, or null. */
    public @Nullable Throwable deliver(PresenceEvent event) {
        caller = number(Thread.currentThread());
        try {
            listener.onEvent(event);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        } finally {
            caller = -caller;
        }
    }

    /** Makes a call. Returns what the listener threw, or null. */
    public @Nullable Throwable deliver(ListenerCall call) {
        caller = number(Thread.currentThread());
        try {
            switch (call.kind()) {
                case EVENTS -> deliver(call.events());
                case RESET -> listener.onReset();
                case SYNCED -> listener.onSynced(call.syncedAt());
                case DECIDED, LEFT -> {}
            }
            return null;
        } catch (Throwable thrown) {
            return thrown;
        } finally {
            caller = -caller;
        }
    }

    private void deliver(List<PresenceEvent> events) {
        if (listener instanceof PresenceListener.Batching batching) {
            batching.onEvents(Collections.unmodifiableList(events));
        } else {
            listener.onEvent(events.get(0));
        }
    }

    /**
     * Makes the last call from within a call that was entered, and ends that; ends it only, if the end has been given
     * another reason. Returns what the listener threw, or null.
     */
    public @Nullable Throwable deliverClosed(CloseReason why) {
        if (!isGiven(why)) {
            exit();
            return null;
        }
        caller = number(Thread.currentThread());
        try {
            listener.onClosed(why);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        } finally {
            caller = -caller;
            shut();
            exit();
        }
    }

    /** Ends a call. */
    public void exit() {
        if (tryExit()) {
            complete();
        }
    }

    /** Ends all calls, without a last one. False if that was done before. */
    public boolean close(CloseReason why) {
        isGiven(why);
        Shutting found = shut();
        if (found == Shutting.LAST) {
            complete();
        }
        return found != Shutting.AGAIN;
    }

    private boolean isGiven(CloseReason why) {
        return REASON.compareAndSet(this, null, why);
    }

    private void complete() {
        CloseReason why = requireNonNull(reason);
        if (!END.compareAndSet(this, null, why) && end instanceof End asked) {
            asked.complete(why);
        }
    }

    public CompletionStage<CloseReason> ended() {
        if (end == null) {
            END.compareAndSet(this, null, new End());
        }
        return end instanceof End asked
                ? asked.minimalCompletionStage()
                : CompletableFuture.completedStage((CloseReason) requireNonNull(end));
    }

    public boolean hasEnded() {
        return end instanceof End asked ? asked.isDone() : end != null;
    }

    public boolean isCalledBy(Thread thread) {
        return caller == number(thread);
    }

    /** Tells whether the last call to end was made by a thread, which a reading by that thread itself finds. */
    public boolean wasCalledBy(Thread thread) {
        return caller == -number(thread);
    }

    /** Tells whether a call is running on another thread than this, or the last one to end was. A racy reading. */
    public boolean wasCalledByOtherThan(Thread thread) {
        int seen = caller;
        return seen != 0 && Math.abs(seen) != number(thread);
    }

    /** Tells whether no call starts any more, for a reason. */
    public boolean isClosedBy(CloseReason why) {
        return isClosed() && reason == why;
    }
}
