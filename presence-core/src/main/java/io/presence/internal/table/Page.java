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
 * A page of an extendible hash table: the values whose hashes have the same prefix, found by linear probing from the
 * slot that the last bits of the hash select. The capacity is a power of two, or five or six eighths of one: pages of
 * all ranges of hashes are equally full, and with powers of two alone they would all be half empty at once.
 *
 * <p>A slot keeps the hash of its value as its hash tag. It keeps the tag when the value is removed, until another
 * value takes the slot, unless no search continues after it.
 *
 * <p>A retired page is not changed any more: a thread that still reads it finds the values of the time when it was
 * replaced.
 *
 * <p>Searches are short for any keys, untrusted ones included: a value that would be stored behind
 * {@value #MAX_SAME_HASH} values of its own hash, or more than {@value #MAX_DISTANCE} slots away, goes to the
 * overflow map.
 *
 * <p><b>Threads.</b> The methods that find, and what is final, by any thread; all else under the monitor.
 */
final class Page<K, V> {

    /** The hash tag of a slot where a search ends. */
    static final int EMPTY = 0;

    private static final int MAX_SAME_HASH = 8;
    private static final int MAX_DISTANCE = 1024;
    /* The values in them are in two cache lines at most. */
    private static final int MAX_NEAR = 16;

    /* The last bits of a hash, read as a fraction of the capacity, select the slot where its search starts. */
    private static final int FRACTION_BITS = 16;
    private static final int FRACTION_MASK = (1 << FRACTION_BITS) - 1;

    private static final VarHandle HASH_TAGS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(Object[].class);

    /* The JVM links a kind of call of a handle at the first one, which fails without memory. So it is made here. */
    static {
        int[] marks = {(int) HASH_TAGS.getAcquire(new int[1], 0)};
        HASH_TAGS.setRelease(marks, 0, 0);
        Object[] values = new Object[1];
        VALUES.setRelease(values, 0, (Object) VALUES.getAcquire(values, 0));
        VALUES.setRelease(values, 0, null);
    }

    private final PagedTable<K, V> table;
    private final int depth;
    private final int[] hashTags;
    private final @Nullable Object[] values;
    /* The overflow map: the values without a slot, by key; null until there is one. */
    private volatile @Nullable Map<K, V> overflow;
    private int used;
    private int size;
    private boolean unsplittable;
    private boolean retired;

    /**
     * Creates an empty page.
     *
     * @param depth the length of the hash prefix, in bits
     * @param capacity the number of slots: a power of two that is at least 16, or five or six eighths of one
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

    /** The next capacity after that of this page. */
    int nextCapacity() {
        return nextCapacity(hashTags.length);
    }

    private static int nextCapacity(int capacity) {
        int power = Integer.highestOneBit(capacity);
        if (capacity == power) {
            return power / 4 * 5;
        }
        return capacity == power / 4 * 5 ? power / 2 * 3 : 2 * power;
    }

    /* The slot where the search for a hash starts. */
    private int start(int hash) {
        return ((hash & FRACTION_MASK) * hashTags.length) >>> FRACTION_BITS;
    }

    private int after(int slot) {
        return slot + 1 == hashTags.length ? 0 : slot + 1;
    }

    private int before(int slot) {
        return slot == 0 ? hashTags.length - 1 : slot - 1;
    }

    /**
     * The value of a key, or null.
     *
     * <p>The first value is read before its hash tag is compared, so that the cache misses of both overlap whether or
     * not the processor guesses the result.
     */
    @Nullable V find(K key, int hash) {
        int first = start(hash);
        V likely = value(first);
        if ((int) HASH_TAGS.getAcquire(hashTags, first) == hash && likely != null && table.hasKey(likely, key)) {
            return likely;
        }
        return search(key, hash, first);
    }

    private @Nullable V search(K key, int hash, int first) {
        for (int i = first; ; i = after(i)) {
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

    /** A value of a hash that has a slot, or null. */
    @Nullable V probable(int hash) {
        for (int i = start(hash); ; i = after(i)) {
            int mark = (int) HASH_TAGS.getAcquire(hashTags, i);
            V value = mark == hash ? value(i) : null;
            if (value != null || mark == EMPTY) {
                return value;
            }
        }
    }

    /** The value in a slot, or null. */
    @SuppressWarnings("unchecked") // nothing else is in the array
    @Nullable V value(int slot) {
        return (V) VALUES.getAcquire(values, slot);
    }

    /** The values in the overflow map. */
    Collection<V> overflowValues() {
        Map<K, V> more = overflow;
        return more == null ? List.of() : more.values();
    }

    /** Returns whether there is a value in the slot where the search for a hash begins. Reads no hash tag. */
    boolean hasValueAt(int hash) {
        return values[start(hash)] != null;
    }

    /** Reads the slot where the search for a hash begins. Returns a number that depends on it. */
    int readAhead(int hash) {
        int slot = start(hash);
        return hashTags[slot] + (values[slot] == null ? 0 : 1);
    }

    boolean isRetired() {
        return retired;
    }

    /** Forbids changes: another page is about to replace this one. */
    void retire() {
        retired = true;
    }

    /** Permits changes again: no other page replaced this one. */
    void unretire() {
        retired = false;
    }

    /** Returns whether another value can be added. */
    boolean hasRoom() {
        return hasFreeSlot() || (unsplittable && !isSparse());
    }

    /*
     * One slot in eight stays empty, rounded down, so that each search ends, and soon. More than thirteen sixteenths
     * can be used in every page, so that the copy of a sparse one has room.
     */
    private boolean hasFreeSlot() {
        return used < hashTags.length - hashTags.length / 8;
    }

    /**
     * Returns whether there would be room without the hash tags of removed values: for a sixteenth of the slots at
     * least, so that a page of values that come and go is copied once in that many insertions. Otherwise it would be
     * split for the sake of removed values.
     */
    boolean isSparse() {
        return isSparse(size, hashTags.length);
    }

    private static boolean isSparse(int size, int capacity) {
        return size < capacity * 13 / 16;
    }

    /** Marks this page as unsplittable; further values without a slot go to the overflow map. */
    void markUnsplittable() {
        unsplittable = true;
    }

    /** Replaces the value of a key, or adds one. Call if there is room. */
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

    /** Replaces a value, or removes it, if it is there. */
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

    /**
     * Removes a value, compared by identity, if it is within {@value #MAX_NEAR} slots of the start of its search. Reads
     * neither keys nor hash tags. Its tag stays, as that of any removed value, until the page is empty or copied, or a
     * search no longer has to pass it.
     */
    boolean removeNear(int hash, V there) {
        int slot = start(hash);
        for (int i = 0; i < MAX_NEAR; i++) {
            if (values[slot] == there) {
                VALUES.setRelease(values, slot, null);
                size--;
                clearTagsIfEmpty();
                return true;
            }
            slot = after(slot);
        }
        return false;
    }

    /* Not for a few, so that a value that comes and goes alone does not clear a page each time. */
    private void clearTagsIfEmpty() {
        if (size == 0 && used > hashTags.length / 8) {
            for (int i = 0; i < hashTags.length; i++) {
                HASH_TAGS.setRelease(hashTags, i, EMPTY);
            }
            used = 0;
        }
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
        int sameHash = 0;
        int distance = 0;
        for (int i = start(hash); i != slot && sameHash < MAX_SAME_HASH; i = after(i)) {
            sameHash += hashTags[i] == hash ? 1 : 0;
            distance++;
        }
        return sameHash < MAX_SAME_HASH && distance < MAX_DISTANCE;
    }

    private int freeSlot(int hash) {
        int slot = start(hash);
        while (values[slot] != null) {
            slot = after(slot);
        }
        return slot;
    }

    private int slotOf(K key, int hash) {
        for (int i = start(hash); hashTags[i] != EMPTY; i = after(i)) {
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
            if (hashTags[after(slot)] == EMPTY) {
                empty(slot);
            }
        }
    }

    /** Clears the hash tags of removed values that no search has to pass. */
    private void empty(int last) {
        for (int i = last; hashTags[i] != EMPTY && values[i] == null; i = before(i)) {
            HASH_TAGS.setRelease(hashTags, i, EMPTY);
            used--;
        }
    }

    /*
     * A new slot is found by its hash tag, so the value is written first. A reader of a reused slot that still has
     * its old tag finds no value of its hash, or one whose key it compares.
     */
    private void fill(int slot, V value, int hash) {
        if (hashTags[slot] == EMPTY) {
            used++;
        }
        VALUES.setRelease(values, slot, value);
        HASH_TAGS.setRelease(hashTags, slot, hash);
        size++;
    }

    /** A page of the same values without the hash tags of removed ones. */
    Page<K, V> packed(int capacity) {
        return copy(depth, capacity, 0, 0);
    }

    /** A page of the values whose hashes have the next bit set, or of those that have it clear. */
    Page<K, V> half(boolean isSet) {
        int bit = Integer.MIN_VALUE >>> depth;
        int wanted = isSet ? bit : 0;
        return copy(depth + 1, sparseCapacity(count(bit, wanted)), bit, wanted);
    }

    /* The least capacity, of half of this page's at least, in which a page of so many slots has room. */
    private int sparseCapacity(int slots) {
        int capacity = hashTags.length / 2;
        while (capacity < hashTags.length && !isSparse(slots, capacity)) {
            capacity = nextCapacity(capacity);
        }
        return capacity;
    }

    /* The number of slots with such a hash, of removed values too. */
    private int count(int bits, int wanted) {
        int count = 0;
        for (int hash : hashTags) {
            count += hash != EMPTY && (hash & bits) == wanted ? 1 : 0;
        }
        return count;
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
