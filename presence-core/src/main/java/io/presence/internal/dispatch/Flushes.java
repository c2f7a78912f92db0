package io.presence.internal.dispatch;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The pending calls of {@code flush()}. Each waits until the number of entries that had been added to the dirty queue when it
 * was called is dispatched.
 *
 * <p>A dependent that calls {@code flush()} again adds to the next round, never to the present one. Once the store has ended
 * each call is settled at once: normally if all it waits for was dispatched, otherwise with the error.
 *
 * <p><b>Threads.</b> {@link #add}, {@link #end} by any thread, the rest by the dispatcher.
 */
final class Flushes {

    private static final int BUDGET = 1024;

    private final Queue<Flush> added = new ConcurrentLinkedQueue<>();
    /* The dispatcher moves calls here; a closing thread may empty it as well. */
    private final Queue<Flush> pending = new ConcurrentLinkedQueue<>();
    private final LongSupplier target;
    private final Supplier<? extends Throwable> error;
    private final ThreadLocal<Boolean> settling = new ThreadLocal<>();
    private volatile long dispatched;
    private volatile boolean ended;

    private record Flush(long target, CompletableFuture<Void> done) {}

    /**
     * Starts without any.
     *
     * @param target the number of entries that were added so far
     * @param error made for each call that waits in vain
     */
    Flushes(LongSupplier target, Supplier<? extends Throwable> error) {
        this.target = target;
        this.error = error;
    }

    CompletionStage<Void> add() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Flush flush = new Flush(target.getAsLong(), done);
        added.add(flush);
        /* Either the end finds it there, or it finds the end. */
        if (ended) {
            settle(flush);
        }
        return done.minimalCompletionStage();
    }

    boolean isEmpty() {
        return added.isEmpty() && pending.isEmpty();
    }

    /** Returns whether one can be completed now. */
    boolean canComplete(long dispatchedNow) {
        Flush first = pending.isEmpty() ? added.peek() : pending.peek();
        return first != null && first.target() <= dispatchedNow;
    }

    /**
     * Completes those that wait for no more than was dispatched, at most {@value #BUDGET}.
     *
     * @param dispatchedNow how many of the entries that were added are dispatched
     * @return how many were completed
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

    /** Settles all that are pending, and each that comes later at once. May be called again. */
    void end() {
        ended = true;
        Flush flush;
        while ((flush = pending.poll()) != null || (flush = added.poll()) != null) {
            settle(flush);
        }
    }

    /* A dependent that flushes again, while its own flush is settled, gets the error: otherwise a chain would never end. */
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
