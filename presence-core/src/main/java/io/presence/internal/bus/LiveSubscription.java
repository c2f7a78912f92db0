package io.presence.internal.bus;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Subscription;
import io.presence.internal.store.Access;
import io.presence.internal.store.State;
import io.presence.query.Query;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A subscription: what it may see, what it asked for, whom to call, and the gate that every call passes.
 *
 * <p>The gate is one atomic word. A call starts by {@code OPEN -> CALLING} and ends by {@code CALLING -> OPEN};
 * closing sets {@code CLOSED} from either. So once {@link #close} has returned no call can start, and whoever comes
 * last, the closer or the running call, completes {@link #closed()}.
 *
 * <p><b>Threads.</b> {@link #close} and {@link #closed} by any thread, the rest by the dispatcher.
 */
final class LiveSubscription implements Subscription {

    private enum Gate {
        OPEN,
        CALLING,
        CLOSED
    }

    private final Channel channel;
    private final Access access;
    private final Query.Filter filter;
    private final PresenceListener listener;
    private final BiConsumer<Subscription, Throwable> onError;
    private final Consumer<LiveSubscription> onClose;
    private final AtomicReference<Gate> gate = new AtomicReference<>(Gate.OPEN);
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private volatile CloseReason reason = CloseReason.CLOSED;

    /**
     * Makes an open subscription that nobody calls yet.
     *
     * @param onError is told what the listener throws
     * @param onClose is told of the first {@link #close}
     */
    LiveSubscription(
            Channel channel,
            Access access,
            Query.Filter filter,
            PresenceListener listener,
            BiConsumer<Subscription, Throwable> onError,
            Consumer<LiveSubscription> onClose) {
        this.channel = channel;
        this.access = access;
        this.filter = filter;
        this.listener = listener;
        this.onError = onError;
        this.onClose = onClose;
    }

    Channel channel() {
        return channel;
    }

    Query.Filter filter() {
        return filter;
    }

    boolean canRead(State state) {
        return access.canRead(state);
    }

    /** What a state must be to be seen: on the channel, readable, and matching the query. */
    Query.Filter condition() {
        String one = channel.presenceId();
        Query.Filter onChannel = one == null ? Query.everything() : Query.equal("$id", one);
        return Query.and(onChannel, access.readable(), filter);
    }

    boolean isOpen() {
        return gate.get() != Gate.CLOSED;
    }

    void deliver(PresenceEvent event) {
        if (enter()) {
            try {
                listener.onEvent(event);
            } catch (Throwable thrown) {
                onError.accept(this, thrown);
            } finally {
                leave();
            }
        }
    }

    void synced(long revision) {
        if (enter()) {
            try {
                listener.synced(revision);
            } catch (Throwable thrown) {
                onError.accept(this, thrown);
            } finally {
                leave();
            }
        }
    }

    /** Ends this subscription on behalf of the store, with a last call to the listener. */
    void end(CloseReason why) {
        if (enter()) {
            reason = why;
            try {
                listener.closed(why);
            } catch (Throwable thrown) {
                onError.accept(this, thrown);
            } finally {
                gate.set(Gate.CLOSED);
                closed.complete(why);
            }
        }
    }

    @Override
    public void close() {
        Gate before = gate.getAndSet(Gate.CLOSED);
        if (before == Gate.CLOSED) {
            return;
        }
        onClose.accept(this);
        if (before == Gate.OPEN) {
            closed.complete(reason);
        }
    }

    @Override
    public CompletionStage<CloseReason> closed() {
        return closed.minimalCompletionStage();
    }

    private boolean enter() {
        return gate.compareAndSet(Gate.OPEN, Gate.CALLING);
    }

    private void leave() {
        if (!gate.compareAndSet(Gate.CALLING, Gate.OPEN)) {
            closed.complete(reason);
        }
    }
}
