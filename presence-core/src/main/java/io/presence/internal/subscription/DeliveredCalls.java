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
 * The pending calls of {@code delivered()}. Once the writes before such a call are dispatched, the dispatcher checks
 * each subscription, and marks those that have not delivered them. A marked subscription reports when a slice of its
 * drain ends, when it is paused and when it is closed. The last report completes the call.
 *
 * <p>The dispatcher first sets the mark, then checks; a thread that changes a subscription first changes it, then reads
 * the mark. Both are volatile, so at least one of the threads sees the other.
 *
 * <p><b>Cost.</b> One read of the mark at the end of each slice. For each call, one check of each subscription by the
 * caller, and one by the dispatcher.
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
        /* The subscriptions whose listener calls delivered() here. */
        private final Set<LiveSubscription> callers = new HashSet<>();
        /* The number of subscriptions that it waits for, and one until all of these are known. */
        private final AtomicInteger remaining = new AtomicInteger(1);

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
     * Creates an empty set of calls.
     *
     * @param open all subscriptions
     * @param wakeUp called when a call can be completed
     * @param isClosed whether the store ends its subscriptions, so that a closed one may not have delivered everything
     * @param error creates the exception of each call that cannot complete
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
        /*
         * Added before the flag is read, and the close sets the flag before it removes the calls: so one of the two
         * completes this.
         */
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
     * Determines the subscriptions that a call waits for.
     *
     * @param revision the revision of the last dispatched change
     * @param thrown the reason why the writes are not dispatched, or null if they are
     */
    void begin(Request request, long revision, @Nullable Throwable thrown) {
        if (thrown != null || isClosed.getAsBoolean()) {
            fail(request);
            return;
        }
        Set<LiveSubscription> exempted = exempt(request);
        open.forEach(subscription -> {
            if (subscription.isStarted() && !exempted.contains(subscription)) {
                await(subscription, request, revision);
            }
        });
        finished(request);
    }

    /* Two listeners that wait within their calls do not wait for each other, which would be a deadlock. */
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
            request.remaining.incrementAndGet();
            subscription.setAwaited(true);
            return added;
        });
        update(subscription, false);
    }

    /** Completes the calls of which a subscription has delivered all writes. */
    void update(LiveSubscription subscription, boolean isCaller) {
        complete(subscription, wait -> isDone(subscription, wait.revision, isCaller));
    }

    /* The state is read last: pending changes are dropped after the close. */
    private boolean isDone(LiveSubscription subscription, long revision, boolean isCaller) {
        boolean hasDelivered = subscription.hasDelivered(revision, isCaller);
        return subscription.isOpen() ? hasDelivered : !isClosed.getAsBoolean();
    }

    private void complete(LiveSubscription subscription, Predicate<Wait> isDone) {
        waits.computeIfPresent(subscription, (key, first) -> {
            Wait kept = settled(first, isDone);
            subscription.setAwaited(kept != null);
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
        if (request.remaining.decrementAndGet() == 0) {
            ready.incrementAndGet();
            wakeUp.run();
        }
    }

    /** Returns whether a call can be completed now. */
    boolean canComplete() {
        return ready.get() > 0;
    }

    /** Completes the calls that wait for nothing more. Returns their number. */
    int complete() {
        int max = ready.get();
        int count = 0;
        while (count < max) {
            Request request = first();
            if (request == null) {
                break;
            }
            pending.remove(request);
            ready.decrementAndGet();
            count++;
            request.done.complete(null);
        }
        return count;
    }

    private @Nullable Request first() {
        for (Request request : pending) {
            if (request.remaining.get() == 0) {
                return request;
            }
        }
        return null;
    }

    /** Completes all calls, since no listener is called any more. Can be called again, by any thread. */
    void end() {
        Request request;
        while ((request = pending.poll()) != null) {
            if (request.remaining.get() == 0) {
                request.done.complete(null);
            } else {
                request.done.completeExceptionally(error.get());
            }
        }
        waits.clear();
    }
}
