package io.presence.query.internal.index;

import io.presence.query.internal.ArraySizing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What there is for some of the slots.
 *
 * <p><b>Cost.</b> Constant time, amortized. Takes room for all slots up to the highest one that has something.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <E> the type of what a slot has
 */
final class SlotMap<E> {
    private @Nullable Object[] elements = new @Nullable Object[8];
    /* One more than the highest slot that has something. */
    private int length;

    /** Tells whether no slot has anything. */
    boolean isEmpty() {
        return length == 0;
    }

    /** Returns what a slot has, or null. */
    @SuppressWarnings("unchecked") // only elements are ever put in
    @Nullable E get(int slot) {
        return slot < length ? (E) elements[slot] : null;
    }

    /** Gives something to a slot that has nothing. */
    void put(int slot, E element) {
        if (slot >= elements.length) {
            elements = Arrays.copyOf(elements, Math.max(slot + 1, ArraySizing.grown(elements.length)));
        }
        elements[slot] = element;
        length = Math.max(length, slot + 1);
    }

    /** Takes what a slot has. */
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
