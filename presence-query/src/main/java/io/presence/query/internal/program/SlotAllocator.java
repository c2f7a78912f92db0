package io.presence.query.internal.program;

import io.presence.query.internal.ArraySizing;
import java.util.BitSet;

/**
 * Slots that were given back. The lowest is used again first, so that the highest become free and need no room.
 *
 * <p><b>Cost.</b> A bit a slot. Constant time, but a look at 64 slots at a time for the next one that is free.
 * <p><b>Threads.</b> For one thread.
 */
final class SlotAllocator {
    private BitSet bits = new BitSet();
    private int count;
    /* No slot below is free. */
    private int lowest;

    /** Returns how many slots are free. */
    int count() {
        return count;
    }

    /** Takes the lowest slot, of which there must be one. */
    int allocate() {
        int slot = bits.nextSetBit(lowest);
        bits.clear(slot);
        count--;
        lowest = slot + 1;
        return slot;
    }

    /** Gives back a slot. */
    void free(int slot) {
        bits.set(slot);
        count++;
        lowest = Math.min(lowest, slot);
    }

    /** Takes a certain slot. Returns whether it was free. */
    boolean allocate(int slot) {
        boolean free = bits.get(slot);
        if (free) {
            bits.clear(slot);
            count--;
        }
        return free;
    }

    /** Takes note that all slots are below a number. */
    void shrink(int size) {
        if (ArraySizing.shrunk(size, bits.size()) < bits.size()) {
            bits = BitSet.valueOf(bits.toLongArray());
        }
    }
}
