package io.presence.internal.subscription;

import io.presence.internal.delivery.StateChange;
import io.presence.internal.delivery.StateWeight;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last steps, for subscriptions that return: as many as fit a number and a {@linkplain StateWeight weight} in bytes. The
 * oldest go first. While steps are being {@linkplain #extend replayed}, twice the number is kept.
 *
 * <p><b>Cost.</b> A reference and an int for each step, and the presences it went between. Adding is O(1) amortized,
 * and linear in the metadata that the step replaced.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class History {

    private static final int LEAST = 16;

    private final int steps;
    private final long maxBytes;
    /* The step of revision r is at r modulo the length, which is a power of two. */
    private @Nullable StateChange[] ring = new @Nullable StateChange[LEAST];
    private int[] weights = new int[LEAST];
    private long last;
    private int size;
    private long bytes;
    private boolean isExtended;

    /**
     * Starts empty, before revision 1.
     *
     * @param steps how many to keep
     * @param maxBytes how many bytes they may take
     */
    public History(int steps, long maxBytes) {
        this.steps = steps;
        this.maxBytes = maxBytes;
    }

    /**
     * Adds the next step.
     *
     * @param step one revision after the last, or null if no presence changed at that
     */
    public void add(@Nullable StateChange step) {
        int most = isExtended ? 2 * steps : steps;
        int weight = most == 0 ? 0 : StateWeight.of(step);
        last++;
        while (size > 0 && (size >= most || bytes + weight > maxBytes)) {
            removeOldest();
        }
        if (most == 0 || weight > maxBytes) {
            return;
        }
        if (size == ring.length) {
            grow();
        }
        int place = place(last);
        ring[place] = step;
        weights[place] = weight;
        bytes += weight;
        size++;
    }

    private int place(long revision) {
        return (int) revision & (ring.length - 1);
    }

    private void removeOldest() {
        int place = place(last - size);
        bytes -= weights[place];
        ring[place] = null;
        size--;
    }

    private void grow() {
        @Nullable StateChange[] larger = new @Nullable StateChange[2 * ring.length];
        int[] largerWeights = Arrays.copyOf(weights, larger.length);
        for (long revision = last - size; revision < last; revision++) {
            int to = (int) revision & (larger.length - 1);
            larger[to] = ring[place(revision)];
            largerWeights[to] = weights[place(revision)];
        }
        ring = larger;
        weights = largerWeights;
    }

    /** Keeps twice the number of steps, or no longer. */
    public void extend(boolean isReplayed) {
        isExtended = isReplayed;
    }

    /** Tells whether every step after a revision is known. */
    public boolean reaches(long revision) {
        return revision >= 0 && revision <= last && last - revision <= size;
    }

    /** Returns the step of a revision after one that this {@link #reaches}; null if no presence changed at that. */
    public @Nullable StateChange at(long revision) {
        return ring[place(revision)];
    }

    /** Returns the bytes that the steps take, as estimated. */
    public long bytes() {
        return bytes;
    }
}
