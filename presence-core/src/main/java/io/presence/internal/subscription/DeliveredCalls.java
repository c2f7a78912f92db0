package io.presence.internal.subscription;

import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.OpenSubscriptions;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pending calls of {@code delivered()}. Once what was written before such a call is dispatched, the dispatcher
 * looks at each subscription, and marks those that have not delivered it. A marked subscription reports when a turn has
 * ended, when it is paused and when it is closed, and the last report completes the call.
 *
 * <p>The dispatcher first sets the mark, then looks; a thread that changes a subscription first changes it, then looks
 * for the mark. Both are volatile, so at least one of them sees the other.
 *
 * <p><b>Cost.</b> Nothing for a subscription that no call waits for, except one look for the mark at the end of each
 * turn. Each call: one look at each subscription by the caller, and one by the dispatcher.
 *
 * <p><b>Threads.</b> {@link #begin}, {@link #complete} by the dispatcher, the rest by any thread.
 */
final class DeliveredCalls {

    private final Map<LiveSubscription, Wait> waits = new ConcurrentHashMap<>();
    private final Queue<Request> pending = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ready = new AtomicInteger();
    private final OpenSubscriptions open;
    private final Runnable wakeUp;
    private final BooleanSupplier isClosed;
    private final Supplier<? extends Throwable> error;

    /** One call. */
    static final class Request {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        /* The subscriptions within a call of whose listeners it was made. */
        private final Set<LiveSubscription> callers = new HashSet<>();
        /* Those that it waits for, and one until all of these are known. */
        private final AtomicInteger left = new AtomicInteger(1);

        CompletionStage<Void> stage() {
            return done.minimalCompletionStage();
        }
    }

    /* A call that waits for one subscription. Guarded by the map. */
    private static final class Wait {
        private final Request request;
        private final long revision;
        private @Nullable Wait next;

        Wait(Request request, long revision) {
            this.request = request;
            this.revision = revision;
        }
    }

    /**
     * Starts without any.
     *
     * @param open all subscriptions
     * @param wakeUp called when a call can be completed
     * @param isClosed whether the store ends its subscriptions, so that one that is closed may have delivered less than
     *     it should
     * @param error made for each call that waits in vain
     */
    DeliveredCalls(
            OpenSubscriptions open, Runnable wakeUp, BooleanSupplier isClosed, Supplier<? extends Throwable> error) {
        this.open = open;
        this.wakeUp = wakeUp;
        this.isClosed = isClosed;
        this.error = error;
    }

    /**
     * Adds a call.
     *
     * @param caller the thread that makes it
     * @param failed the subscription whose failure that thread is reporting, or null
     */
    Request add(Thread caller, @Nullable LiveSubscription failed) {
        Request request = new Request();
        open.forEach(subscription -> {
            if (subscription == failed || subscription.isCalledBy(caller)) {
                request.callers.add(subscription);
            }
        });
        pending.add(request);
        /* Either the end finds it there, or it finds the end. */
        if (isClosed.getAsBoolean()) {
            fail(request);
        }
        return request;
    }

    private void fail(Request request) {
        pending.remove(request);
        request.done.completeExceptionally(error.get());
    }

    /**
     * Finds out what a call waits for.
     *
     * @param revision of the last step that was dispatched
     * @param thrown why what was written is not dispatched; null if it is
     */
    void begin(Request request, long revision, @Nullable Throwable thrown) {
        if (thrown != null || isClosed.getAsBoolean()) {
            fail(request);
            return;
        }
        Set<LiveSubscription> leftOut = exempt(request);
        open.forEach(subscription -> {
            if (subscription.handle() != null && !leftOut.contains(subscription)) {
                await(subscription, request, revision);
            }
        });
        finished(request);
    }

    /* Of two listeners that wait within their calls, neither waits for the other: they would for ever. */
    private Set<LiveSubscription> exempt(Request request) {
        if (request.callers.isEmpty()) {
            return request.callers;
        }
        Set<LiveSubscription> all = new HashSet<>(request.callers);
        for (Request other : pending) {
            if (other != request && !other.callers.isEmpty()) {
                all.addAll(other.callers);
                request.callers.forEach(caller -> complete(caller, wait -> wait.request == other));
            }
        }
        return all;
    }

    private void await(LiveSubscription subscription, Request request, long revision) {
        if (isDone(subscription, revision, false)) {
            return;
        }
        Wait added = new Wait(request, revision);
        waits.compute(subscription, (key, first) -> {
            added.next = first;
            request.left.incrementAndGet();
            subscription.awaited(true);
            return added;
        });
        update(subscription, false);
    }

    /** Looks whether a subscription has delivered what calls wait for. */
    void update(LiveSubscription subscription, boolean isCaller) {
        complete(subscription, wait -> isDone(subscription, wait.revision, isCaller));
    }

    /* Whether it is open is asked last: pending changes are dropped after it is closed. */
    private boolean isDone(LiveSubscription subscription, long revision, boolean isCaller) {
        boolean hasDelivered = subscription.hasDelivered(revision, isCaller);
        return subscription.isOpen() ? hasDelivered : !isClosed.getAsBoolean();
    }

    private void complete(LiveSubscription subscription, Predicate<Wait> isDone) {
        waits.computeIfPresent(subscription, (key, first) -> {
            Wait kept = settled(first, isDone);
            subscription.awaited(kept != null);
            return kept;
        });
    }

    /* Allocates nothing, so that each is finished once. */
    private @Nullable Wait settled(Wait first, Predicate<Wait> isDone) {
        Wait kept = null;
        Wait next = first;
        while (next != null) {
            Wait wait = next;
            next = wait.next;
            if (isDone.test(wait)) {
                finished(wait.request);
            } else {
                wait.next = kept;
                kept = wait;
            }
        }
        return kept;
    }

    private void finished(Request request) {
        if (request.left.decrementAndGet() == 0) {
            ready.incrementAndGet();
            wakeUp.run();
        }
    }

    /** Returns whether a call can be completed now. */
    boolean canComplete() {
        return ready.get() > 0;
    }

    /** Completes the calls that wait for nothing more. Returns how many. */
    int complete() {
        int most = ready.get();
        int done = 0;
        while (done < most) {
            Request request = first();
            if (request == null) {
                break;
            }
            pending.remove(request);
            ready.decrementAndGet();
            done++;
            request.done.complete(null);
        }
        return done;
    }

    private @Nullable Request first() {
        for (Request request : pending) {
            if (request.left.get() == 0) {
                return request;
            }
        }
        return null;
    }

    /** Settles all calls, since no listener is called any more. May be called again, by any thread. */
    void end() {
        Request request;
        while ((request = pending.poll()) != null) {
            if (request.left.get() == 0) {
                request.done.complete(null);
            } else {
                request.done.completeExceptionally(error.get());
            }
        }
        waits.clear();
    }
}
