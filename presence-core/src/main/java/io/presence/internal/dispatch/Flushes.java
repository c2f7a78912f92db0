package io.presence.internal.dispatch;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The pending calls of {@code flush()}. A call completes when the dispatcher has taken as many entries from the dirty
 * queue as were added before the call.
 *
 * <p>A dependent stage that calls {@code flush()} again is completed in a later duty cycle. Once the store has ended,
 * each call is settled at once: normally if its target was dispatched, otherwise with the error.
 *
 * <p><b>Threads.</b> {@link #add}, {@link #end} by any thread, the rest by the dispatcher.
 */
final class Flushes {

    private static final int BUDGET = 1024;

    private final Queue<Flush> added = new ConcurrentLinkedQueue<>();
    /* The dispatcher moves calls here. A closing thread can remove them, too. */
    private final Queue<Flush> pending = new ConcurrentLinkedQueue<>();
    private final LongSupplier target;
    private final Supplier<? extends Throwable> error;
    private final ThreadLocal<Boolean> settling = new ThreadLocal<>();
    private volatile long dispatched;
    private volatile boolean ended;

    private record Flush(long target, CompletableFuture<Void> done) {}

    /**
     * Creates an empty set.
     *
     * @param target supplies the number of entries that were added so far
     * @param error creates the error of a call whose target will not be reached
     */
    Flushes(LongSupplier target, Supplier<? extends Throwable> error) {
        this.target = target;
        this.error = error;
    }

    CompletionStage<Void> add() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Flush flush = new Flush(target.getAsLong(), done);
        added.add(flush);
        /* end() sets `ended` and then reads the queue. So at least one of the two settles the call. */
        if (ended) {
            settle(flush);
        }
        return done.minimalCompletionStage();
    }

    boolean isEmpty() {
        return added.isEmpty() && pending.isEmpty();
    }

    /** Returns whether a call can be completed now. */
    boolean canComplete(long dispatchedNow) {
        Flush first = pending.isEmpty() ? added.peek() : pending.peek();
        return first != null && first.target() <= dispatchedNow;
    }

    /**
     * Completes the calls whose target is reached, at most {@value #BUDGET}.
     *
     * @param dispatchedNow the number of added entries that are dispatched
     * @return the number of completed calls
     */
    int complete(long dispatchedNow) {
        dispatched = dispatchedNow;
        Flush moved;
        for (int left = BUDGET; left > 0 && (moved = added.poll()) != null; left--) {
            pending.add(moved);
        }
        int done = 0;
        Flush first;
        while (done < BUDGET && (first = pending.peek()) != null && first.target() <= dispatchedNow) {
            first.done().complete(null);
            pending.remove(first);
            done++;
        }
        return done;
    }

    /** Settles each pending call, and each later call at once. Can be called again. */
    void end() {
        ended = true;
        Flush flush;
        while ((flush = pending.poll()) != null || (flush = added.poll()) != null) {
            settle(flush);
        }
    }

    /* A dependent that flushes while its own flush is settled gets the error: otherwise a chain would not end. */
    private void settle(Flush flush) {
        boolean isNested = settling.get() != null;
        settling.set(true);
        try {
            if (flush.target() <= dispatched && !isNested) {
                flush.done().complete(null);
            } else {
                flush.done().completeExceptionally(error.get());
            }
        } finally {
            if (!isNested) {
                settling.remove();
            }
        }
    }
}
