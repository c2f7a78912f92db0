package io.presence.query.internal.hash;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table whose elements carry their keys, so that one can be looked for without an object for the key: by going from
 * {@link #start} by {@link #next} until it is there, or nothing is.
 *
 * <p>Linear probing; a removal moves later elements back, so that nothing marks where something was. The hashes are kept
 * beside the elements, so that those with another one are not looked at.
 *
 * <p><b>Cost.</b> Constant time as long as hashes are spread; 10 to 20 bytes an element, and after
 * removals up to 96.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <E> the type of elements
 */
public abstract class ProbeTable<E> {
    private static final int MIN_CAPACITY = 16;
    private static final int EMPTY = 0;

    private int[] hashes = new int[MIN_CAPACITY];
    private @Nullable Object[] elements = new @Nullable Object[MIN_CAPACITY];
    private int size;

    /** Returns the hash of an element, always the same. */
    protected abstract int hash(E element);

    /** Returns how many elements there are. */
    public final int size() {
        return size;
    }

    /** Returns where to look first for an element with this hash. */
    public final int start(int hash) {
        int marked = marked(hash);
        return seek(home(marked), marked);
    }

    /** Returns where to look next for an element with this hash. */
    public final int next(int index, int hash) {
        return seek(after(index), marked(hash));
    }

    /** Returns the element at an index, or null if the one looked for is not in the table. */
    @SuppressWarnings("unchecked") // only elements are ever put in
    public final @Nullable E at(int index) {
        return (E) elements[index];
    }

    private static int marked(int hash) {
        return hash == EMPTY ? 1 : hash;
    }

    private int home(int marked) {
        return marked & (hashes.length - 1);
    }

    private int after(int index) {
        return (index + 1) & (hashes.length - 1);
    }

    private int seek(int from, int marked) {
        int index = from;
        while (hashes[index] != marked && hashes[index] != EMPTY) {
            index = after(index);
        }
        return index;
    }

    /** Adds an element that is not in the table. */
    public final void add(E element) {
        if (++size * 5L > hashes.length * 4L) {
            rehash(hashes.length * 2);
        }
        insert(marked(hash(element)), element);
    }

    private void insert(int marked, @Nullable Object element) {
        int index = seek(home(marked), EMPTY);
        hashes[index] = marked;
        elements[index] = element;
    }

    /** Tells whether an element, and not only one with its key, is in the table. */
    public final boolean contains(E element) {
        return elements[indexOf(element)] != null;
    }

    /* Where nothing is, if it is not in the table. */
    private int indexOf(E element) {
        int hash = hash(element);
        int index = start(hash);
        while (elements[index] != null && elements[index] != element) {
            index = next(index, hash);
        }
        return index;
    }

    /** Removes an element that is in the table. */
    public final void remove(E element) {
        int index = indexOf(element);
        if (elements[index] == null) {
            throw new IllegalStateException("element must be in the table");
        }
        size--;
        close(index);
        if (size * 8L < hashes.length && hashes.length > MIN_CAPACITY) {
            rehash(hashes.length / 2);
        }
    }

    /* An element may move into the hole unless that is before where its probing starts. */
    private void close(int index) {
        int hole = index;
        int mask = hashes.length - 1;
        for (int i = after(hole); hashes[i] != EMPTY; i = after(i)) {
            if (((i - home(hashes[i])) & mask) >= ((i - hole) & mask)) {
                hashes[hole] = hashes[i];
                elements[hole] = elements[i];
                hole = i;
            }
        }
        hashes[hole] = EMPTY;
        elements[hole] = null;
    }

    /** Shows all elements to an action, which must not add or remove any. */
    public final void forEach(Consumer<? super E> action) {
        for (int i = 0; i < elements.length; i++) {
            E element = at(i);
            if (element != null) {
                action.accept(element);
            }
        }
    }

    private void rehash(int capacity) {
        int[] oldHashes = hashes;
        @Nullable Object[] oldElements = elements;
        hashes = new int[capacity];
        elements = new @Nullable Object[capacity];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != EMPTY) {
                insert(oldHashes[i], oldElements[i]);
            }
        }
    }
}
