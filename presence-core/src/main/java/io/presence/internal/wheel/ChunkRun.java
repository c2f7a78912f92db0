package io.presence.internal.wheel;

/**
 * A view of the timers at the top of a chunk, the top one first. One instance is used again and again.
 *
 * <p><b>Threads.</b> Confined to the wheel's thread.
 *
 * @param <T> the type of the timers
 */
final class ChunkRun<T extends WheelTimer> implements TimerWheel.Run<T> {

    private Chunk<T> chunk = new Chunk<>();
    private int size;

    ChunkRun<T> ofTop(Chunk<T> of, int count) {
        chunk = of;
        size = count;
        return this;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public T timer(int index) {
        return chunk.timer(chunk.size() - 1 - index);
    }
}
