package io.presence.internal.subscription;

import io.presence.internal.delivery.StateChange;
import io.presence.internal.delivery.StateWeight;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A ring buffer of recent state changes, used to resume subscriptions. It is bounded by number and by {@linkplain
 * StateWeight weight} in bytes; the oldest changes are removed first. While changes are being {@linkplain #extend
 * replayed}, twice the number is kept.
 *
 * <p><b>Cost.</b> A reference and an int for each change, and the two states that it refers to. Adding is O(1)
 * amortized, and linear in the metadata of the previous state.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class History {

    private static final int MIN_LENGTH = 16;

    private final int maxChanges;
    private final long maxBytes;
    private final ToIntFunction<@Nullable StateChange> weigher;
    /* The change of revision r is at r modulo the length, which is a power of two. */
    private @Nullable StateChange[] ring = new @Nullable StateChange[MIN_LENGTH];
    private int[] weights = new int[MIN_LENGTH];
    private long last;
    private int size;
    private long bytes;
    private boolean isExtended;

    /**
     * Creates an empty history, before revision 1.
     *
     * @param maxChanges the number of changes to keep
     * @param maxBytes the bytes that these may use
     */
    History(int maxChanges, long maxBytes) {
        this(maxChanges, maxBytes, StateWeight::of);
    }

    /** As {@link #History(int, long)}, with another estimate of the bytes of a change. */
    History(int maxChanges, long maxBytes, ToIntFunction<@Nullable StateChange> weigher) {
        this.maxChanges = maxChanges;
        this.maxBytes = maxBytes;
        this.weigher = weigher;
    }

    /**
     * Adds the next change. If this throws, the revision is counted, and this history begins after it.
     *
     * @param stateChange one revision after the last, or null if no presence changed at that revision
     */
    void add(@Nullable StateChange stateChange) {
        last++;
        try {
            append(stateChange);
        } catch (Throwable t) {
            clear();
            throw t;
        }
    }

    private void append(@Nullable StateChange stateChange) {
        int limit = isExtended ? 2 * maxChanges : maxChanges;
        int weight = limit == 0 ? 0 : weigher.applyAsInt(stateChange);
        while (size > 0 && (size >= limit || bytes + weight > maxBytes)) {
            removeOldest();
        }
        if (limit == 0 || weight > maxBytes) {
            return;
        }
        if (size == ring.length) {
            grow();
        }
        int place = slot(last);
        ring[place] = stateChange;
        weights[place] = weight;
        bytes += weight;
        size++;
    }

    private void clear() {
        Arrays.fill(ring, null);
        size = 0;
        bytes = 0;
    }

    private int slot(long revision) {
        return (int) revision & (ring.length - 1);
    }

    private void removeOldest() {
        int place = slot(last - size);
        bytes -= weights[place];
        ring[place] = null;
        size--;
    }

    private void grow() {
        @Nullable StateChange[] larger = new @Nullable StateChange[2 * ring.length];
        int[] largerWeights = Arrays.copyOf(weights, larger.length);
        for (long revision = last - size; revision < last; revision++) {
            int to = (int) revision & (larger.length - 1);
            larger[to] = ring[slot(revision)];
            largerWeights[to] = weights[slot(revision)];
        }
        ring = larger;
        weights = largerWeights;
    }

    /** Sets whether twice the number of changes is kept. */
    void extend(boolean isReplayed) {
        isExtended = isReplayed;
    }

    /** Returns whether every change after a revision is known. */
    boolean reaches(long revision) {
        return revision >= 0 && revision <= last && last - revision <= size;
    }

    /** Returns the change of a revision after one that this {@link #reaches}, or null if no presence changed at it. */
    @Nullable StateChange at(long revision) {
        return ring[slot(revision)];
    }

    /** Returns the estimated bytes that the changes use. */
    long bytes() {
        return bytes;
    }
}
