package io.presence.query.internal.hash;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table whose elements carry their keys, so that one can be looked for without an object for the key: by going from
 * {@link #start} by {@link #next} until there is none left.
 *
 * <p>Linear probing; a removal moves later elements back, so that nothing marks where something was.
 *
 * <p><b>Cost.</b> Constant time as long as hashes are spread; eight bytes an element, or less than twice that.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <E> the type of elements
 */
public abstract class ProbeTable<E> {
    private static final int MIN_CAPACITY = 16;

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
        return hash & elements.length - 1;
    }

    /** Returns where to look next. */
    public final int next(int index) {
        return index + 1 & elements.length - 1;
    }

    /** Returns the element at an index, or null if the one looked for is not in the table. */
    @SuppressWarnings("unchecked") // only elements are ever put in
    public final @Nullable E at(int index) {
        return (E) elements[index];
    }

    /** Adds an element that is not in the table. */
    public final void add(E element) {
        if (++size * 4L > elements.length * 3L) {
            rehash(elements.length * 2);
        }
        insert(element);
    }

    private void insert(E element) {
        int index = start(hash(element));
        while (elements[index] != null) {
            index = next(index);
        }
        elements[index] = element;
    }

    /** Removes an element that is in the table. */
    public final void remove(E element) {
        int hole = start(hash(element));
        while (elements[hole] != element) {
            if (elements[hole] == null) {
                throw new IllegalStateException("element must be in the table");
            }
            hole = next(hole);
        }
        size--;
        close(hole);
        if (size * 8L < elements.length && elements.length > MIN_CAPACITY) {
            rehash(elements.length / 2);
        }
    }

    /* An element may move into the hole unless that is before where its probing starts. */
    private void close(int index) {
        int hole = index;
        for (int i = next(hole); at(i) != null; i = next(i)) {
            int home = start(hash(present(i)));
            int mask = elements.length - 1;
            if ((i - home & mask) >= (i - hole & mask)) {
                elements[hole] = elements[i];
                hole = i;
            }
        }
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

    private E present(int index) {
        E element = at(index);
        if (element == null) {
            throw new IllegalStateException("index must hold an element: " + index);
        }
        return element;
    }

    private void rehash(int capacity) {
        @Nullable Object[] old = elements;
        elements = new @Nullable Object[capacity];
        Arrays.stream(old).forEach(this::reinsert);
    }

    @SuppressWarnings("unchecked") // only elements are ever put in
    private void reinsert(@Nullable Object element) {
        if (element != null) {
            insert((E) element);
        }
    }
}
