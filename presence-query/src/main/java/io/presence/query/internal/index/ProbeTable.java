package io.presence.query.internal.index;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table whose elements carry their keys, so that one can be looked for without an object for the key: by going
 * from {@link #start} by {@link #next} until it is there, or nothing is.
 *
 * <p>Linear probing; a removal moves later elements back, so that nothing marks where something was. The hashes are
 * kept beside the elements, so that those with another one are not looked at.
 *
 * <p>A table of more than 1,024 places is resized in steps: each addition and removal after it moves what is in
 * 4 or 16 places, and until all are moved a search that finds nothing in the new places goes on in the old ones.
 *
 * <p><b>Cost.</b> Constant time as long as hashes are spread, resizing included but for the allocation of the places;
 * 10 to 20 bytes an element, up to 30 while it is resized, and after removals up to 96.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <E> the type of elements
 */
abstract class ProbeTable<E> {
    private static final int MIN_CAPACITY = 16;
    private static final int EMPTY = 0;
    /* Up to this capacity all is moved at once, in some microseconds. */
    private static final int SMALL = 1024;
    /* How many places an addition and a removal go over, so that moving is over before the next resize is due. */
    private static final int ADD_STEP = 4;
    private static final int REMOVE_STEP = 16;

    private int[] hashes = new int[MIN_CAPACITY];
    private @Nullable Object[] elements = new @Nullable Object[MIN_CAPACITY];
    /* What has not been moved yet since the last resize; null if all was. */
    private int @Nullable [] oldHashes;
    private @Nullable Object[] oldElements = {};
    /* The old places from here on are empty. */
    private int unmoved;
    private int size;
    private long moves;

    /** Returns the hash of an element, always the same. */
    protected abstract int hash(E element);

    /** Returns how many elements there are. */
    final int size() {
        return size;
    }

    /** Returns where to look first for an element with this hash. */
    final int start(int hash) {
        int marked = marked(hash);
        return orOld(seek(hashes, marked, marked), marked);
    }

    /** Returns where to look next for an element with this hash. */
    final int next(int index, int hash) {
        int marked = marked(hash);
        return index >= 0 ? orOld(seek(hashes, index + 1, marked), marked) : seekOld(~index + 1, marked);
    }

    /* The complement of an index is that of an old place. */
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

    /** Returns the element at an index, or null if the one looked for is not in the table. */
    @SuppressWarnings("unchecked") // only elements are ever put in
    final @Nullable E at(int index) {
        return (E) (index >= 0 ? elements[index] : oldElements[~index]);
    }

    private static int marked(int hash) {
        return hash == EMPTY ? 1 : hash;
    }

    /** Adds an element that is not in the table. */
    final void add(E element) {
        if (++size * 5L > hashes.length * 4L) {
            resize(hashes.length * 2);
        }
        insert(marked(hash(element)), element);
        move(ADD_STEP);
    }

    private void insert(int marked, @Nullable Object element) {
        int index = seek(hashes, marked, EMPTY);
        hashes[index] = marked;
        elements[index] = element;
    }

    /** Tells whether an element, and not only one with its key, is in the table. */
    final boolean contains(E element) {
        return at(indexOf(element)) != null;
    }

    /* Where nothing is, if it is not in the table. */
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

    /* An element may move into the hole unless that is before where its probing starts. */
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

    /** Shows all elements to an action, which must not add or remove any. */
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
        move(Integer.MAX_VALUE);
        unmoved = hashes.length;
        oldHashes = hashes;
        oldElements = elements;
        hashes = new int[capacity];
        elements = new @Nullable Object[capacity];
        if (unmoved <= SMALL) {
            move(Integer.MAX_VALUE);
        }
    }

    /*
     * Goes from the last place down. The hole of an element that is moved is closed by those that follow it, which are
     * in the first places and whose probing has begun at the last, or by none.
     */
    private void move(int count) {
        int[] from = oldHashes;
        for (int i = count; from != null && i > 0; i--) {
            if (unmoved == 0) {
                oldHashes = null;
                oldElements = new @Nullable Object[0];
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

    /** Returns how many elements resizes have moved so far. */
    final long moves() {
        return moves;
    }
}
