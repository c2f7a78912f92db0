package io.presence.internal.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values whose hashes begin alike, by linear probing from where their hashes end. A place keeps the hash of its value as
 * its mark, and keeps the mark when the value is removed, until another value comes there; unless no search goes on after it.
 *
 * <p>A retired page is not changed any more: who still reads it sees what there was when another took its place.
 *
 * <p>Searches are kept short whatever keys strangers choose: what would lie behind {@value #MAX_SAME_HASH} values of its own hash, or
 * further than {@value #MAX_DISTANCE} places away, goes to the overflow.
 *
 * <p><b>Threads.</b> What finds, and what is final, by any thread; all else under the monitor.
 */
final class Page<K, V> {

    /** The mark of a place where a search ends. */
    static final int EMPTY = 0;

    private static final int MAX_SAME_HASH = 8;
    private static final int MAX_DISTANCE = 1024;

    private static final VarHandle HASH_TAGS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(Object[].class);

    private final PagedTable<K, V> table;
    private final int depth;
    private final int[] hashTags;
    private final @Nullable Object[] values;
    /* The values that found no place, by key; null until there is one. */
    private volatile @Nullable Map<K, V> overflow;
    private int used;
    private int size;
    private boolean unsplittable;
    private boolean retired;

    /**
     * Makes an empty page.
     *
     * @param depth how many first bits its hashes have in common
     * @param capacity how many places there are; a power of two
     */
    Page(PagedTable<K, V> table, int depth, int capacity) {
        this.table = table;
        this.depth = depth;
        this.hashTags = new int[capacity];
        this.values = new Object[capacity];
    }

    int depth() {
        return depth;
    }

    int capacity() {
        return hashTags.length;
    }

    /** The value of a key, or null. */
    @Nullable V find(K key, int hash) {
        int mask = hashTags.length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            int mark = (int) HASH_TAGS.getAcquire(hashTags, i);
            if (mark == EMPTY) {
                break;
            }
            V value = mark == hash ? value(i) : null;
            if (value != null && table.hasKey(value, key)) {
                return value;
            }
        }
        Map<K, V> more = overflow;
        return more == null ? null : more.get(key);
    }

    /** The value at a place, or null. */
    @SuppressWarnings("unchecked") // nothing else is in the array
    @Nullable V value(int slot) {
        return (V) VALUES.getAcquire(values, slot);
    }

    /** The values that found no place. */
    Collection<V> overflowValues() {
        Map<K, V> more = overflow;
        return more == null ? List.of() : more.values();
    }

    boolean isRetired() {
        return retired;
    }

    /** Forbids changes: another page has taken its place. */
    void retire() {
        retired = true;
    }

    /** Permits changes again: no other page took its place after all. */
    void unretire() {
        retired = false;
    }

    /** Tells whether another value finds a place, or may go without one. */
    boolean hasRoom() {
        return hasFreeSlot() || (unsplittable && !isSparse());
    }

    /* Some stay empty, so that each search ends, and soon. */
    private boolean hasFreeSlot() {
        return used < hashTags.length / 8 * 7;
    }

    /** Tells whether there would be room without the marks of what was removed. */
    boolean isSparse() {
        return size < hashTags.length / 2;
    }

    /** Lets all go without a place that find none, since the page can't be parted. */
    void markUnsplittable() {
        unsplittable = true;
    }

    /** Puts another value in the place of a key's, which stays where it is. Call if there is room. */
    @Nullable V compute(K key, int hash, UnaryOperator<@Nullable V> change) {
        int slot = slotOf(key, hash);
        if (slot >= 0) {
            V next = change.apply(value(slot));
            set(slot, next);
            return next;
        }
        Map<K, V> more = overflow;
        if (more != null && more.containsKey(key)) {
            return more.compute(key, (same, there) -> change.apply(there));
        }
        V next = change.apply(null);
        if (next != null) {
            put(key, next, hash);
        }
        return next;
    }

    /** Puts another value, or none, in the place of one, if it is there. */
    boolean exchange(K key, int hash, V there, @Nullable V next) {
        int slot = slotOf(key, hash);
        if (slot >= 0) {
            boolean same = values[slot] == there;
            if (same) {
                set(slot, next);
            }
            return same;
        }
        Map<K, V> more = overflow;
        if (more == null || more.get(key) != there) {
            return false;
        }
        return next == null ? more.remove(key, there) : more.replace(key, there, next);
    }

    private void put(K key, V value, int hash) {
        int slot = freeSlot(hash);
        if (hasFreeSlot() && isNear(slot, hash)) {
            fill(slot, value, hash);
            return;
        }
        Map<K, V> more = overflow;
        if (more == null) {
            more = new ConcurrentHashMap<>();
            overflow = more;
        }
        more.put(key, value);
    }

    private boolean isNear(int slot, int hash) {
        int mask = hashTags.length - 1;
        int sameHash = 0;
        for (int i = hash & mask; i != slot && sameHash < MAX_SAME_HASH; i = (i + 1) & mask) {
            sameHash += hashTags[i] == hash ? 1 : 0;
        }
        return sameHash < MAX_SAME_HASH && ((slot - hash) & mask) < MAX_DISTANCE;
    }

    private int freeSlot(int hash) {
        int mask = hashTags.length - 1;
        int slot = hash & mask;
        while (values[slot] != null) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int slotOf(K key, int hash) {
        int mask = hashTags.length - 1;
        for (int i = hash & mask; hashTags[i] != EMPTY; i = (i + 1) & mask) {
            V value = hashTags[i] == hash ? value(i) : null;
            if (value != null && table.hasKey(value, key)) {
                return i;
            }
        }
        return -1;
    }

    private void set(int slot, @Nullable V next) {
        VALUES.setRelease(values, slot, next);
        if (next == null) {
            size--;
            if (hashTags[(slot + 1) & (hashTags.length - 1)] == EMPTY) {
                empty(slot);
            }
        }
    }

    /** Ends searches where nothing comes after any more. */
    private void empty(int last) {
        int mask = hashTags.length - 1;
        for (int i = last; hashTags[i] != EMPTY && values[i] == null; i = (i - 1) & mask) {
            HASH_TAGS.setRelease(hashTags, i, EMPTY);
            used--;
        }
    }

    /* A place that was never used, or is empty again, is found by its mark, so the value must be there first. One that is
     * marked may be looked at for another hash, which finds no value there, or one that is not its own. */
    private void fill(int slot, V value, int hash) {
        if (hashTags[slot] == EMPTY) {
            used++;
        }
        VALUES.setRelease(values, slot, value);
        HASH_TAGS.setRelease(hashTags, slot, hash);
        size++;
    }

    /** A page of the same values without the marks of what was removed. */
    Page<K, V> packed(int capacity) {
        return copy(depth, capacity, 0, 0);
    }

    /** A page of those values whose hashes have the next bit set, or have it not. */
    Page<K, V> half(boolean isSet) {
        int bit = Integer.MIN_VALUE >>> depth;
        return copy(depth + 1, capacity(), bit, isSet ? bit : 0);
    }

    private Page<K, V> copy(int depth, int capacity, int bits, int wanted) {
        Page<K, V> copy = new Page<>(table, depth, capacity);
        for (int i = 0; i < hashTags.length; i++) {
            V value = value(i);
            if (value != null && (hashTags[i] & bits) == wanted) {
                copy.fill(copy.freeSlot(hashTags[i]), value, hashTags[i]);
            }
        }
        Map<K, V> more = overflow;
        if (more != null) {
            more.forEach((key, value) -> {
                int hash = PagedTable.hash(key);
                if ((hash & bits) == wanted) {
                    copy.put(key, value, hash);
                }
            });
        }
        return copy;
    }
}
