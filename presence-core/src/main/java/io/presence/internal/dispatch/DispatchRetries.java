package io.presence.internal.dispatch;

import static java.util.Objects.requireNonNull;

import io.presence.internal.store.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The entries whose dispatch failed and that are dispatched again in a later duty cycle. The first
 * {@value #MAX_URGENT} attempts are made in successive cycles. From then on an entry is tried once a second, so that
 * one that always fails takes little time and holds up no flush.
 *
 * <p>An element is {@linkplain #reserve reserved} before an entry is taken from where it is, so that no entry is lost
 * when memory runs out.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class DispatchRetries {

    static final int MAX_URGENT = 16;
    static final long SLOW_NANOS = 1_000_000_000;

    private final Line pending = new Line();
    private @Nullable Retry reserved = new Retry();
    private int urgent;

    /** An element of the queue. */
    private static final class Retry {
        private @Nullable Entry entry;
        private int attempts;
        private long dueAt;
        private @Nullable Retry next;
    }

    /** A queue of elements that allocates nothing. */
    private static final class Line {
        private @Nullable Retry first;
        private @Nullable Retry last;
        private int size;

        void add(Retry retry) {
            retry.next = null;
            if (last == null) {
                first = retry;
            } else {
                last.next = retry;
            }
            last = retry;
            size++;
        }

        Retry first() {
            return requireNonNull(first);
        }

        Retry remove() {
            Retry removed = first();
            first = removed.next;
            last = first == null ? null : last;
            size--;
            return removed;
        }
    }

    boolean isEmpty() {
        return pending.size == 0;
    }

    int size() {
        return pending.size;
    }

    /** Returns whether an element is tried in each duty cycle. */
    boolean hasUrgent() {
        return urgent > 0;
    }

    /** Makes sure that an entry can be added without memory. If this throws, nothing has changed. */
    void reserve() {
        if (reserved == null) {
            reserved = new Retry();
        }
    }

    void add(Entry entry) {
        Retry retry = reserved == null ? new Retry() : reserved;
        reserved = null;
        retry.entry = entry;
        retry.attempts = 0;
        urgent++;
        pending.add(retry);
    }

    /** Returns the oldest entry. */
    Entry first() {
        return requireNonNull(pending.first().entry);
    }

    /** Returns whether the first element is to be tried now. If it is not, it becomes the last. */
    boolean isFirstDue(long now) {
        Retry retry = pending.first();
        boolean isDue = retry.attempts < MAX_URGENT || retry.dueAt - now <= 0;
        if (!isDue) {
            pending.add(pending.remove());
        }
        return isDue;
    }

    /** Removes the first element, which is dispatched. */
    void removeFirst() {
        Retry retry = pending.remove();
        urgent -= retry.attempts < MAX_URGENT ? 1 : 0;
        retry.entry = null;
        reserved = retry;
    }

    /** Postpones the first element, whose attempt has failed. */
    void postpone(long now) {
        Retry retry = pending.remove();
        if (retry.attempts < MAX_URGENT && ++retry.attempts == MAX_URGENT) {
            urgent--;
        }
        retry.dueAt = now + SLOW_NANOS;
        pending.add(retry);
    }

    /** Returns the nanoseconds until the first element is due; {@link Long#MAX_VALUE} if none or an urgent one is. */
    long idleNanos(long now) {
        return urgent > 0 || isEmpty() ? Long.MAX_VALUE : Math.max(0, pending.first().dueAt - now);
    }
}
