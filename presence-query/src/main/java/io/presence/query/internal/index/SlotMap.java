package io.presence.query.internal.index;

import io.presence.query.internal.ArraySizing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A map from slots to elements.
 *
 * <p><b>Cost.</b> Amortized constant time. The size is that of the highest slot that has an element.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <E> the type of elements
 */
final class SlotMap<E> {

    private @Nullable Object[] elements = new @Nullable Object[8];
    /* One more than the highest slot that has an element. */
    private int length;

    /** Returns whether there are no elements. */
    boolean isEmpty() {
        return length == 0;
    }

    /** Returns the element of a slot, or null. */
    @SuppressWarnings("unchecked") // only elements are ever put in
    @Nullable E get(int slot) {
        return slot < length ? (E) elements[slot] : null;
    }

    /** Sets the element of a slot that has none. */
    void put(int slot, E element) {
        if (slot >= elements.length) {
            elements = Arrays.copyOf(elements, Math.max(slot + 1, ArraySizing.grown(elements.length)));
        }
        elements[slot] = element;
        length = Math.max(length, slot + 1);
    }

    /** Removes the element of a slot. */
    void remove(int slot) {
        elements[slot] = null;
        while (length > 0 && elements[length - 1] == null) {
            length--;
        }
        int fewer = ArraySizing.shrunk(length, elements.length);
        if (fewer < elements.length) {
            elements = Arrays.copyOf(elements, fewer);
        }
    }
}
