package io.presence.bench.standing.engine;

import java.util.Arrays;

/** A reusable list of query ids. */
public final class Hits {

    private int[] ids = new int[64];
    private int size;

    /** Adds an id. */
    public void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
        }
        ids[size++] = id;
    }

    /** Removes all ids. */
    public void clear() {
        size = 0;
    }

    /** Returns the number of ids. */
    public int size() {
        return size;
    }

    /** Returns a copy of the ids, smallest first. */
    public int[] sorted() {
        int[] sorted = Arrays.copyOf(ids, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
