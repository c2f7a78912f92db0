package io.presence.internal.wheel;

import org.jspecify.annotations.Nullable;

/**
 * A bounded stack of empty chunks, so that a wheel in steady state allocates nothing.
 *
 * <p><b>Cost.</b> Both operations O(1). At most {@value #LIMIT} chunks, 0.3 MB, are kept; more than that is garbage.
 *
 * <p><b>Threads.</b> Confined to the wheel's thread.
 *
 * @param <T> the type of the timers
 */
final class ChunkPool<T extends WheelTimer> {

    static final int LIMIT = 1024;

    private final @Nullable Chunk<T>[] free;
    private int size;

    @SuppressWarnings({"unchecked", "rawtypes"})
    ChunkPool() {
        free = new Chunk[LIMIT];
    }

    int size() {
        return size;
    }

    @Nullable Chunk<T>[] free() {
        return free;
    }

    @SuppressWarnings("NullAway") // cells below size hold a chunk
    Chunk<T> take() {
        if (size == 0) {
            return new Chunk<>();
        }
        Chunk<T> chunk = free[--size];
        free[size] = null;
        return chunk;
    }

    /** Takes an empty chunk back. */
    void release(Chunk<T> chunk) {
        chunk.sealed = false;
        chunk.next = chunk;
        if (size < LIMIT) {
            free[size++] = chunk;
        }
    }
}
