package io.presence.internal.wheel;

import org.jspecify.annotations.Nullable;

/**
 * A fixed-size block of wheel entries, each a timer and the generation it was scheduled under. The chunks of a bucket
 * form a circle through {@link #next}.
 *
 * <p><b>Cost.</b> 304 bytes with compressed references: 10 per wheel entry when full.
 *
 * <p><b>Threads.</b> Confined to the wheel's thread.
 *
 * @param <T> the type of the timers
 */
final class Chunk<T extends WheelTimer> {

    static final int CAPACITY = 30;

    /** The next chunk of the circle; a chunk alone is a circle of one. */
    Chunk<T> next = this;

    /**
     * True if this chunk takes no more wheel entries even though it may have room. The sweep of its bucket is complete
     * when this chunk is empty.
     */
    boolean sealed;

    private int size;
    private final int[] generations = new int[CAPACITY];
    private final @Nullable T[] timers;

    @SuppressWarnings("unchecked")
    Chunk() {
        timers = (T[]) new WheelTimer[CAPACITY];
    }

    int size() {
        return size;
    }

    boolean isOpen() {
        return size < CAPACITY && !sealed;
    }

    void push(T timer, int generation) {
        timers[size] = timer;
        generations[size] = generation;
        size++;
    }

    T topTimer() {
        return timer(size - 1);
    }

    int topGeneration() {
        return generations[size - 1];
    }

    /** Removes the top wheel entry and its reference, so that a pooled chunk retains no timer. */
    void pop() {
        timers[--size] = null;
    }

    @SuppressWarnings("NullAway") // cells below size hold a timer
    T timer(int index) {
        return timers[index];
    }

    int generation(int index) {
        return generations[index];
    }
}
