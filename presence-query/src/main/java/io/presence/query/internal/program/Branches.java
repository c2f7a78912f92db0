package io.presence.query.internal.program;

import java.security.SecureRandom;

/**
 * The child states of a trie, except for those of its root, by state and character. The hash has a secret factor, so
 * that collisions cannot be chosen.
 *
 * <p><b>Cost.</b> Expected constant time; 16 to 32 bytes per child.
 */
final class Branches {

    private static final long FACTOR = new SecureRandom().nextLong() | 1;
    private static final int PAIR = 2;
    private static final int NONE = -1;

    /* Pairs of a state and one of its children. The root is no child, so 0 means none. */
    private final int[] pairs;
    private final int shift;

    Branches(int count) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(count);
        shift = Long.SIZE - bits - 1;
        pairs = new int[count == 0 ? 0 : PAIR << (bits + 1)];
    }

    void put(int state, char next, int child) {
        int index = start(state, next);
        while (pairs[index + 1] != 0) {
            index = following(index);
        }
        pairs[index] = state;
        pairs[index + 1] = child;
    }

    /** Returns the child of a state for a character, or -1. */
    int find(int state, char next, String labels) {
        int index = start(state, next);
        while (pairs[index + 1] != 0) {
            if (pairs[index] == state && labels.charAt(pairs[index + 1]) == next) {
                return pairs[index + 1];
            }
            index = following(index);
        }
        return NONE;
    }

    private int start(int state, char next) {
        long key = ((long) state << Character.SIZE) | next;
        return PAIR * (int) ((key * FACTOR) >>> shift);
    }

    private int following(int index) {
        return index + PAIR & pairs.length - 1;
    }
}
