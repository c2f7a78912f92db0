package io.presence.internal.wheel;

/**
 * The set of the occupied slots of a level: one bit per slot, and one bit per 64 slots above them.
 *
 * <p><b>Cost.</b> Each operation O(1), for any number of slots.
 *
 * <p><b>Threads.</b> Confined to the wheel's thread.
 */
final class Occupancy {

    static final int NONE = -1;

    private static final int WORD_BITS = Long.SIZE;
    private static final int MAX_SLOTS = WORD_BITS * WORD_BITS;

    private final long[] words;
    private long occupiedWords;

    /** Creates an empty set of slots. The number of slots is a power of two from 64 to 4096. */
    Occupancy(int slots) {
        if (Integer.bitCount(slots) != 1 || slots < WORD_BITS || slots > MAX_SLOTS) {
            throw new IllegalArgumentException("slots must be a power of 2 from 64 to 4096: " + slots);
        }
        words = new long[slots / WORD_BITS];
    }

    void set(int slot) {
        int word = slot / WORD_BITS;
        words[word] |= 1L << slot;
        occupiedWords |= 1L << word;
    }

    void clear(int slot) {
        int word = slot / WORD_BITS;
        words[word] &= ~(1L << slot);
        if (words[word] == 0) {
            occupiedWords &= ~(1L << word);
        }
    }

    boolean contains(int slot) {
        return (words[slot / WORD_BITS] & 1L << slot) != 0;
    }

    /** Returns the first occupied slot at or after {@code slot}, cyclically, or {@link #NONE}. */
    int nextFrom(int slot) {
        int word = slot / WORD_BITS;
        long rest = words[word] & -1L << slot;
        if (rest != 0) {
            return word * WORD_BITS + Long.numberOfTrailingZeros(rest);
        }
        // rotated so that the next word is first and this one, whose earlier slots come after a wrap, is last
        long others = Long.rotateRight(occupiedWords, word + 1);
        if (others == 0) {
            return NONE;
        }
        int next = word + 1 + Long.numberOfTrailingZeros(others) & WORD_BITS - 1;
        return next * WORD_BITS + Long.numberOfTrailingZeros(words[next]);
    }
}
