package io.presence.internal.dispatch;

import static java.util.Objects.requireNonNull;

import io.presence.internal.store.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The entries whose dispatch failed part-way, and that are dispatched again in the next round. One is given up after
 * {@value #MOST_ATTEMPTS} attempts: the next write to it is dispatched as ever.
 *
 * <p><b>Cost.</b> Room for {@value #ROOM} entries is there from the start, so that running out of memory does not lose one.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class DispatchRetries {

    static final int MOST_ATTEMPTS = 16;
    private static final int ROOM = 512;

    private final Deque<Retry> free = new ArrayDeque<>(ROOM);
    private final Deque<Retry> pending = new ArrayDeque<>(ROOM);

    /** One entry, and the incarnation before it if the end of that is still to be dispatched. */
    static final class Retry {
        private @Nullable Entry entry;
        private @Nullable Entry earlier;
        private int attempts;

        Entry entry() {
            return requireNonNull(entry);
        }

        @Nullable Entry earlier() {
            return earlier;
        }

        void earlierIsDispatched() {
            earlier = null;
        }
    }

    DispatchRetries() {
        for (int i = 0; i < ROOM; i++) {
            free.add(new Retry());
        }
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    int size() {
        return pending.size();
    }

    void add(Entry entry, @Nullable Entry earlier) {
        Retry retry = free.isEmpty() ? new Retry() : free.poll();
        retry.entry = entry;
        retry.earlier = earlier;
        retry.attempts = 0;
        pending.add(retry);
    }

    /** The one that has waited longest. */
    Retry first() {
        return pending.element();
    }

    /** Lets the first one go, which is dispatched. */
    void removeFirst() {
        release(pending.element());
        pending.remove();
    }

    /**
     * Puts the first one off to the next round, or gives it up.
     *
     * @param earlier the incarnation before the entry that the attempt has found, or null
     */
    void postpone(@Nullable Entry earlier) {
        Retry retry = pending.remove();
        if (retry.earlier == null) {
            retry.earlier = earlier;
        }
        retry.attempts++;
        if (retry.attempts < MOST_ATTEMPTS) {
            pending.add(retry);
        } else {
            release(retry);
        }
    }

    private void release(Retry retry) {
        retry.entry = null;
        retry.earlier = null;
        if (free.size() < ROOM) {
            free.add(retry);
        }
    }
}
