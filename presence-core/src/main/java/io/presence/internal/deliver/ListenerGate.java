package io.presence.internal.deliver;

import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
final class ListenerGate extends Gate {

    private static final VarHandle REASON;

    static {
        try {
            REASON = MethodHandles.lookup().findVarHandle(ListenerGate.class, "reason", CloseReason.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final PresenceListener listener;
    private final CompletableFuture<CloseReason> ended = new CompletableFuture<>();
    /* The first that was given, before the gate is shut: so whoever comes last knows it. */
    @SuppressWarnings("unused") // written through REASON
    private volatile @Nullable CloseReason reason;
    /* Whose call is running, so that who waits for the end of calls does not wait for itself. */
    private volatile @Nullable Thread caller;

    ListenerGate(PresenceListener listener) {
        this.listener = listener;
    }

    boolean takesBatches() {
        return listener instanceof PresenceListener.Batching;
    }

    /** Tells one event. Returns what the listener threw, or null. */
    @Nullable Throwable tell(PresenceEvent event) {
        caller = Thread.currentThread();
        try {
            listener.onEvent(event);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        } finally {
            caller = null;
        }
    }

    /** Makes a call. Returns what the listener threw, or null. */
    @Nullable Throwable tell(Call call) {
        caller = Thread.currentThread();
        try {
            switch (call.kind()) {
                case EVENTS -> tell(call.events());
                case RESET -> listener.reset();
                case SYNCED -> listener.synced(call.syncedAt());
            }
            return null;
        } catch (Throwable thrown) {
            return thrown;
        } finally {
            caller = null;
        }
    }

    private void tell(List<PresenceEvent> events) {
        if (listener instanceof PresenceListener.Batching batching) {
            batching.onEvents(events);
        } else {
            listener.onEvent(events.get(0));
        }
    }

    /**
     * Makes the last call from within a call that was entered, and ends that; ends it only, if the end has been given
     * another reason. Returns what the listener threw, or null.
     */
    @Nullable Throwable tellEnd(CloseReason why) {
        if (!isGiven(why)) {
            exit();
            return null;
        }
        caller = Thread.currentThread();
        try {
            listener.closed(why);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        } finally {
            caller = null;
            shut();
            exit();
        }
    }

    /** Ends a call. */
    void exit() {
        if (leave()) {
            ended.complete(reason);
        }
    }

    /** Ends all calls, without a last one. False if that was done before. */
    boolean close(CloseReason why) {
        isGiven(why);
        Shutting found = shut();
        if (found == Shutting.LAST) {
            ended.complete(reason);
        }
        return found != Shutting.AGAIN;
    }

    private boolean isGiven(CloseReason why) {
        return REASON.compareAndSet(this, null, why);
    }

    CompletionStage<CloseReason> ended() {
        return ended.minimalCompletionStage();
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    boolean isCalledBy(Thread thread) {
        return caller == thread;
    }
}
