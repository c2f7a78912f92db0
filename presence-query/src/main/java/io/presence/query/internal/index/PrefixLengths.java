package io.presence.query.internal.index;

import java.util.Arrays;

/**
 * The distinct lengths of the prefixes of one slot, or of its suffixes, in ascending order, with the number of those of
 * each length.
 */
final class PrefixLengths {

    private static final int[] EMPTY = {};

    /** A shared instance without lengths; nothing must be added to it. */
    static final PrefixLengths NONE = new PrefixLengths();

    private int[] lengths = EMPTY;
    private int[] uses = EMPTY;

    /** Returns the number of distinct lengths. */
    int count() {
        return lengths.length;
    }

    /** Returns a length by its rank. */
    int length(int rank) {
        return lengths[rank];
    }

    /** Adds to the number of prefixes or suffixes of a length. */
    void count(int length, int more) {
        int at = Arrays.binarySearch(lengths, length);
        if (at < 0) {
            at = -at - 1;
            lengths = inserted(lengths, at, length);
            uses = inserted(uses, at, 0);
        }
        uses[at] += more;
        if (uses[at] == 0) {
            lengths = without(lengths, at);
            uses = without(uses, at);
        }
    }

    private static int[] inserted(int[] array, int at, int value) {
        int[] copy = Arrays.copyOf(array, array.length + 1);
        System.arraycopy(array, at, copy, at + 1, array.length - at);
        copy[at] = value;
        return copy;
    }

    private static int[] without(int[] array, int at) {
        int[] copy = Arrays.copyOf(array, array.length - 1);
        System.arraycopy(array, at + 1, copy, at, copy.length - at);
        return copy;
    }
}
