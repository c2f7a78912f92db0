package io.presence.internal.lock;

import io.presence.lock.SoftLock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One wait for a lock. The first thread that calls {@link #decide} completes it; the host can cancel it at any time.
 *
 * <p><b>Threads.</b> Safe for use by any thread. The future is completed without a monitor.
 */
final class Waiter {

    final LockRequest request;
    final CompletableFuture<SoftLock> future = new CompletableFuture<>();
    private final AtomicBoolean isDecided = new AtomicBoolean();
    /* The timer of the timeout. Written before the waiter is known to other threads. */
    LockTimers.@Nullable Due timeout;

    Waiter(LockRequest request) {
        this.request = request;
    }

    /** Reserves the completion for the caller. False if it is decided, or the host has completed the future. */
    boolean decide() {
        return !future.isDone() && isDecided.compareAndSet(false, true);
    }

    /** Returns whether it must not be granted the lock. */
    boolean isOver() {
        return future.isDone() || isDecided.get();
    }

    /** Completes with a lock, which is released if the host has cancelled the wait. After {@link #decide}. */
    void grant(HeldLock lock, Executor executor) {
        submit(executor, done -> {
            if (!done.complete(lock)) {
                lock.close();
            }
        });
    }

    /** Completes with an error, unless it is decided. */
    void fail(Throwable error, Executor executor) {
        if (decide()) {
            failDecided(error, executor);
        }
    }

    /** Completes with an error. After {@link #decide}. */
    void failDecided(Throwable error, Executor executor) {
        submit(executor, done -> done.completeExceptionally(error));
    }

    /* If the executor of the host refuses the task, the caller runs it: the wait must end. */
    private void submit(Executor executor, Consumer<CompletableFuture<SoftLock>> completion) {
        try {
            executor.execute(() -> completion.accept(future));
        } catch (RuntimeException rejected) {
            completion.accept(future);
        }
    }
}
