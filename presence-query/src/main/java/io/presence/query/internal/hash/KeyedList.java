package io.presence.query.internal.hash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of elements with keys. They are found by key, and iterated by position without an iterator.
 *
 * <p><b>Cost.</b> Amortized constant time. Memory is freed after the removal of most elements.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <K> the type of keys, which must be {@link Comparable} if untrusted callers choose them
 * @param <E> the type of elements
 */
public final class KeyedList<K, E extends KeyedList.Element<K>> {

    private static final int SMALL = 16;

    private final ArrayList<E> list = new ArrayList<>(1);
    private Map<K, Integer> positions = new HashMap<>();
    /* The minimum capacity of the list and the map, which have no accessors for it. */
    private int room;

    /**
     * An element with a key.
     *
     * @param <K> the type of keys
     */
    public interface Element<K> {
        /** Returns the key, which must not change. */
        K key();
    }

    /** Returns the number of elements. */
    public int size() {
        return list.size();
    }

    /** Returns an element by its position, which changes when others are removed. */
    public E get(int position) {
        return list.get(position);
    }

    /** Returns the element with a key, or null. */
    public @Nullable E find(@Nullable Object key) {
        Integer position = positions.get(key);
        return position == null ? null : list.get(position);
    }

    /** Adds an element whose key is absent. */
    public void add(E element) {
        positions.put(element.key(), list.size());
        list.add(element);
        room = Math.max(room, list.size());
    }

    /** Removes the element with a key that is present. The last element takes its position. */
    public void remove(K key) {
        Integer position = positions.remove(key);
        if (position == null) {
            throw new IllegalStateException("key must be in the list");
        }
        E last = list.remove(list.size() - 1);
        if (position < list.size()) {
            list.set(position, last);
            positions.put(last.key(), position);
        }
        if (room > SMALL && list.size() < room / 4) {
            shrink();
        }
    }

    private void shrink() {
        room = list.size();
        list.trimToSize();
        positions = new HashMap<>(positions);
    }
}
