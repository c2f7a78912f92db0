package io.presence.query.internal.program;

import io.presence.query.internal.ArraySizing;
import java.util.BitSet;

/**
 * The freed slots. The lowest is allocated first, so that the highest become free and can be dropped.
 *
 * <p><b>Cost.</b> One bit per slot. Constant time, except for a scan of 64 slots at a time for the next free one.
 * <p><b>Threads.</b> For one thread.
 */
final class SlotAllocator {

    private BitSet bits = new BitSet();
    private int count;
    /* All slots below are allocated. */
    private int lowest;

    /** Returns the number of free slots. */
    int count() {
        return count;
    }

    /** Allocates the lowest free slot. There must be one. */
    int allocate() {
        int slot = bits.nextSetBit(lowest);
        bits.clear(slot);
        count--;
        lowest = slot + 1;
        return slot;
    }

    /** Frees a slot. */
    void free(int slot) {
        bits.set(slot);
        count++;
        lowest = Math.min(lowest, slot);
    }

    /** Allocates a given slot. Returns whether it was free. */
    boolean allocate(int slot) {
        boolean free = bits.get(slot);
        if (free) {
            bits.clear(slot);
            count--;
        }
        return free;
    }

    /** Releases memory if all slots are below a given number. */
    void shrink(int size) {
        if (ArraySizing.shrunk(size, bits.size()) < bits.size()) {
            bits = BitSet.valueOf(bits.toLongArray());
        }
    }
}
