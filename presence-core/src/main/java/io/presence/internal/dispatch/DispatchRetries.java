package io.presence.internal.dispatch;

import static java.util.Objects.requireNonNull;

import io.presence.internal.store.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The entries whose dispatch failed and that are dispatched again in the next duty cycle. An entry is given up after
 * {@value #MAX_ATTEMPTS} attempts; a later write to it is dispatched as usual.
 *
 * <p><b>Cost.</b> {@value #PREALLOCATED} elements are allocated at the start, so that no entry is lost when memory runs
 * out.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class DispatchRetries {

    static final int MAX_ATTEMPTS = 16;
    private static final int PREALLOCATED = 512;

    private final Deque<Retry> free = new ArrayDeque<>(PREALLOCATED);
    private final Deque<Retry> pending = new ArrayDeque<>(PREALLOCATED);

    /** An entry, and its predecessor if the end of the predecessor is still to be dispatched. */
    static final class Retry {
        private @Nullable Entry entry;
        private @Nullable Entry predecessor;
        private int attempts;

        Entry entry() {
            return requireNonNull(entry);
        }

        @Nullable Entry predecessor() {
            return predecessor;
        }

        void predecessorDispatched() {
            predecessor = null;
        }
    }

    DispatchRetries() {
        for (int i = 0; i < PREALLOCATED; i++) {
            free.add(new Retry());
        }
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    int size() {
        return pending.size();
    }

    void add(Entry entry, @Nullable Entry predecessor) {
        Retry retry = free.isEmpty() ? new Retry() : free.poll();
        retry.entry = entry;
        retry.predecessor = predecessor;
        retry.attempts = 0;
        pending.add(retry);
    }

    /** Returns the oldest element. */
    Retry first() {
        return pending.element();
    }

    /** Removes the first element, which is dispatched. */
    void removeFirst() {
        release(pending.element());
        pending.remove();
    }

    /**
     * Postpones the first element to the next cycle, or removes it after {@value #MAX_ATTEMPTS} attempts.
     *
     * @param predecessor the predecessor that the attempt has found and not dispatched, or null
     */
    void postpone(@Nullable Entry predecessor) {
        Retry retry = pending.remove();
        if (retry.predecessor == null) {
            retry.predecessor = predecessor;
        }
        retry.attempts++;
        if (retry.attempts < MAX_ATTEMPTS) {
            pending.add(retry);
        } else {
            release(retry);
        }
    }

    private void release(Retry retry) {
        retry.entry = null;
        retry.predecessor = null;
        if (free.size() < PREALLOCATED) {
            free.add(retry);
        }
    }
}
