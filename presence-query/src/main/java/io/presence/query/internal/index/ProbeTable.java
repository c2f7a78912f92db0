package io.presence.query.internal.index;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table whose elements contain their keys. A search calls {@link #start} and then {@link #next} until it finds
 * the element or an empty place, and needs no object for the key.
 *
 * <p>It uses linear probing. A removal moves later elements back, so that there are no tombstones. The hashes are
 * stored beside the elements, so that elements with another hash are not read.
 *
 * <p>A table of more than 1,024 places is resized incrementally: each later addition moves the elements of 4 places and
 * each removal those of 16. Until all are moved, a search that fails in the new places continues in the old ones.
 *
 * <p><b>Cost.</b> Expected constant time, resizing included except for the allocation of the places. An element takes
 * 10 to 20 bytes, up to 30 during a resize, and after removals up to 96.
 * <p><b>Errors.</b> If there is no memory to grow, an element is not added. If there is none to shrink, it is removed.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <E> the type of elements
 */
abstract class ProbeTable<E> {

    private static final int MIN_CAPACITY = 16;
    private static final int EMPTY = 0;
    /* Up to this capacity all elements are moved at once, within microseconds. */
    private static final int SMALL = 1024;
    /* The number of old places that an addition and a removal visit, so that all are moved before the next resize. */
    private static final int ADD_STEP = 4;
    private static final int REMOVE_STEP = 16;

    private static final @Nullable Object[] NONE = {};

    private int[] hashes = new int[MIN_CAPACITY];
    private @Nullable Object[] elements = new @Nullable Object[MIN_CAPACITY];
    /* The old places that are not moved yet; null if there are none. */
    private int @Nullable [] oldHashes;
    private @Nullable Object[] oldElements = NONE;
    /* The old places from this index on are empty. */
    private int unmoved;
    private int size;
    private long moves;

    /** Returns the hash of an element, which must not change. */
    protected abstract int hash(E element);

    /** Returns the number of elements. */
    final int size() {
        return size;
    }

    /** Returns the first index of a search for an element with this hash. */
    final int start(int hash) {
        int marked = marked(hash);
        return orOld(seek(hashes, marked, marked), marked);
    }

    /** Returns the next index of a search for an element with this hash. */
    final int next(int index, int hash) {
        int marked = marked(hash);
        return index >= 0 ? orOld(seek(hashes, index + 1, marked), marked) : seekOld(~index + 1, marked);
    }

    /* The complement of an index is the index of an old place. */
    private int orOld(int index, int marked) {
        return oldHashes == null || hashes[index] != EMPTY ? index : seekOld(marked, marked);
    }

    private int seekOld(int from, int marked) {
        return ~seek(requireOld(), from, marked);
    }

    private int[] requireOld() {
        int[] unmovedHashes = oldHashes;
        if (unmovedHashes == null) {
            throw new IllegalStateException("table must not change during a search");
        }
        return unmovedHashes;
    }

    private static int seek(int[] hashes, int from, int marked) {
        int mask = hashes.length - 1;
        int index = from & mask;
        while (hashes[index] != marked && hashes[index] != EMPTY) {
            index = (index + 1) & mask;
        }
        return index;
    }

    /** Returns the element at an index, or null if the search has failed. */
    @SuppressWarnings("unchecked") // only elements are ever put in
    final @Nullable E at(int index) {
        return (E) (index >= 0 ? elements[index] : oldElements[~index]);
    }

    private static int marked(int hash) {
        return hash == EMPTY ? 1 : hash;
    }

    /** Adds an element that is not in the table. */
    final void add(E element) {
        if ((size + 1) * 5L > hashes.length * 4L) {
            resize(hashes.length * 2);
        }
        insert(marked(hash(element)), element);
        size++;
        move(ADD_STEP);
    }

    private void insert(int marked, @Nullable Object element) {
        int index = seek(hashes, marked, EMPTY);
        hashes[index] = marked;
        elements[index] = element;
    }

    /** Returns whether this element is in the table; another one with an equal key does not count. */
    final boolean contains(E element) {
        return at(indexOf(element)) != null;
    }

    /* Returns the index of an empty place if the element is not in the table. */
    private int indexOf(E element) {
        int hash = hash(element);
        int index = start(hash);
        for (E found = at(index); found != null && found != element; found = at(index)) {
            index = next(index, hash);
        }
        return index;
    }

    /** Removes an element that is in the table. */
    final void remove(E element) {
        int index = indexOf(element);
        if (at(index) == null) {
            throw new IllegalStateException("element must be in the table");
        }
        size--;
        if (index >= 0) {
            close(hashes, elements, index);
        } else {
            close(requireOld(), oldElements, ~index);
        }
        if (size * 8L < hashes.length && hashes.length > MIN_CAPACITY) {
            resize(hashes.length / 2);
        }
        move(REMOVE_STEP);
    }

    /* An element can move into the hole unless the hole is before the start of its probing. */
    private static void close(int[] hashes, @Nullable Object[] elements, int index) {
        int mask = hashes.length - 1;
        int hole = index;
        for (int i = (hole + 1) & mask; hashes[i] != EMPTY; i = (i + 1) & mask) {
            if (((i - hashes[i]) & mask) >= ((i - hole) & mask)) {
                hashes[hole] = hashes[i];
                elements[hole] = elements[i];
                hole = i;
            }
        }
        hashes[hole] = EMPTY;
        elements[hole] = null;
    }

    /** Calls an action for each element. The action must not add or remove any. */
    final void forEach(Consumer<? super E> action) {
        for (int i = 0; i < elements.length; i++) {
            show(at(i), action);
        }
        for (int i = 0; oldHashes != null && i < unmoved; i++) {
            show(at(~i), action);
        }
    }

    private void show(@Nullable E element, Consumer<? super E> action) {
        if (element != null) {
            action.accept(element);
        }
    }

    private void resize(int capacity) {
        int[] newHashes = new int[capacity];
        @Nullable Object[] newElements = new @Nullable Object[capacity];
        move(Integer.MAX_VALUE);
        unmoved = hashes.length;
        oldHashes = hashes;
        oldElements = elements;
        hashes = newHashes;
        elements = newElements;
        if (unmoved <= SMALL) {
            move(Integer.MAX_VALUE);
        }
    }

    /*
     * Moves from the last place down. The hole of a moved element is closed by the elements that follow it, which are
     * in the first places and whose probing began at the last places, or by none.
     */
    private void move(int count) {
        int[] from = oldHashes;
        for (int i = count; from != null && i > 0; i--) {
            if (unmoved == 0) {
                oldHashes = null;
                oldElements = NONE;
                return;
            }
            int last = --unmoved;
            for (int hash = from[last]; hash != EMPTY; hash = from[last]) {
                insert(hash, oldElements[last]);
                close(from, oldElements, last);
                moves++;
            }
        }
    }

    /** Returns the number of elements that resizes have moved. */
    final long moves() {
        return moves;
    }
}
