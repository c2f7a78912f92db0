package io.presence.internal.table;

import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A concurrent extendible hash table of values that carry their keys, in pages: a full page grows, and a large one is
 * split.
 *
 * <p>A value takes 9 to 13 bytes of table. No call pays for more than copying one page, or doubling the directory of
 * pages, for any number of values. The slots of removed values are reused; pages are never merged or freed.
 *
 * <p>The scheme is R. Fagin, J. Nievergelt, N. Pippenger and H. R. Strong, "Extendible hashing" (ACM TODS 4, 1979),
 * with linear probing within a page. Values of equal hashes beyond the limit of a page, and values whose search would
 * be long, go to an overflow map, a concurrent hash map. So do the values of a full page whose hashes are so alike
 * that the directory would outgrow the pages.
 *
 * <p><b>Cost.</b> O(1), or O(log n) in an overflow map of {@link Comparable} keys. {@link #get} takes no lock and
 * allocates nothing; {@link #compute} takes the monitor of one page, and sometimes copies it.
 *
 * <p><b>Errors.</b> If something is thrown, by a change or for lack of memory, the table is unchanged.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 *
 * @param <K> the type of keys
 * @param <V> the type of values; compared with keys by {@link #hasKey}
 */
public abstract class PagedTable<K, V> {

    private static final int MIN_CAPACITY = 64;

    /*
     * Copying 8192 slots takes about 50 us. Smaller pages would not stay in the caches with their array headers; with
     * this size only the slot itself misses.
     */
    private static final int MAX_CAPACITY = 8192;

    private final Object structure = new Object();
    private final int maxCapacity;
    private volatile Directory<K, V> directory;

    /** Creates an empty table. */
    protected PagedTable() {
        this(MIN_CAPACITY, MAX_CAPACITY);
    }

    /**
     * Creates an empty table with other page sizes, for tests of growth and splits.
     *
     * @param minCapacity the number of slots of the first page; a power of two, at least 16
     * @param maxCapacity the maximum number of slots of a page; a power of two
     */
    protected PagedTable(int minCapacity, int maxCapacity) {
        this.maxCapacity = maxCapacity;
        this.directory = new Directory<>(new Page<>(this, 0, minCapacity));
    }

    /** Returns whether a value, whose key has the same hash, has this key. */
    protected abstract boolean hasKey(V value, K key);

    /** The value of a key, or null. */
    public final @Nullable V get(K key) {
        int hash = hash(key);
        return directory.page(hash).find(key, hash);
    }

    /** A value whose key has the hash of this key, and is probably this key; or null. Compares no keys. */
    public final @Nullable V probable(K key) {
        int hash = hash(key);
        return directory.page(hash).probable(hash);
    }

    /** Reads where the search for a key begins. Returns a number that depends on it. */
    public final int readAhead(int hash) {
        return directory.page(hash).readAhead(hash);
    }

    /**
     * Reads where the searches for keys begin. Their cache misses overlap; calls of other methods would have them one
     * after the other.
     *
     * @param hashes the {@link #hash hashes} of the keys
     * @param count the number of keys
     * @return a number that depends on what is read, so that the call is not removed as unused
     */
    public final int readAhead(int[] hashes, int count) {
        int read = 0;
        /* Nothing else: the fewer instructions there are for each key, the more keys the processor reads at a time. */
        for (int i = 0; i < count; i++) {
            read += readAhead(hashes[i]);
        }
        return read;
    }

    /** As {@link #readAhead(int[], int)}, for {@link #removeNear}. */
    public final int readAheadOfRemovals(int[] hashes, int count) {
        int read = 0;
        for (int i = 0; i < count; i++) {
            read += directory.page(hashes[i]).hasValueAt(hashes[i]) ? 1 : 0;
        }
        return read;
    }

    /**
     * Replaces the value of a key.
     *
     * @param change from the value, or null if there is none, to the new value, or null for none; called once, under
     *     the monitor of a page
     * @return the new value
     */
    public final @Nullable V compute(K key, UnaryOperator<@Nullable V> change) {
        int hash = hash(key);
        while (true) {
            Page<K, V> page = directory.page(hash);
            synchronized (page) {
                if (page.isRetired()) {
                    continue;
                }
                if (page.hasRoom()) {
                    return page.compute(key, hash, change);
                }
                grow(page, hash);
            }
        }
    }

    /**
     * Replaces a value, if it is there. Needs no room and allocates nothing.
     *
     * @param there the value to be replaced, compared by identity
     * @param next the new value, or null for none
     * @return whether it was there
     */
    protected final boolean exchange(K key, V there, @Nullable V next) {
        int hash = hash(key);
        while (true) {
            Page<K, V> page = directory.page(hash);
            synchronized (page) {
                if (!page.isRetired()) {
                    return page.exchange(key, hash, there, next);
                }
            }
        }
    }

    /**
     * Removes a value, compared by identity, if it is in one of the first slots of its search, as nearly all are.
     * Faster than {@link #compute} and {@link #exchange}: compares no key, reads fewer cache lines and allocates
     * nothing.
     *
     * @param hash the {@link #hash} of its key
     * @param there the value to be removed, which is in the table under no other key
     * @return false if it is not there, or if it must be searched for by its key
     */
    public final boolean removeNear(int hash, V there) {
        while (true) {
            Page<K, V> page = directory.page(hash);
            synchronized (page) {
                if (!page.isRetired()) {
                    return page.removeNear(hash, there);
                }
            }
        }
    }

    /** Replaces a full page by one with room, or by two. Call under its monitor. */
    private void grow(Page<K, V> full, int hash) {
        if (full.isSparse()) {
            replace(full, hash, full.packed(full.capacity()));
        } else if (full.capacity() < maxCapacity) {
            replace(full, hash, full.packed(full.nextCapacity()));
        } else {
            split(full, hash);
        }
    }

    private void replace(Page<K, V> full, int hash, Page<K, V> page) {
        synchronized (structure) {
            try {
                full.retire();
                directory.replace(hash, page);
            } catch (Throwable t) {
                full.unretire();
                throw t;
            }
        }
    }

    /*
     * The upper half's monitor is held until both halves are in the directory, and the upper half is published first.
     * So the full page has the values of both halves for as long as a thread finds it, and a thread that found the
     * lower half finds the upper one.
     */
    private void split(Page<K, V> full, int hash) {
        Page<K, V> lower = full.half(false);
        Page<K, V> upper = full.half(true);
        synchronized (upper) {
            synchronized (structure) {
                split(full, hash, lower, upper);
            }
        }
    }

    private void split(Page<K, V> full, int hash, Page<K, V> lower, Page<K, V> upper) {
        Directory<K, V> known = directory;
        boolean doubles = full.depth() == known.depth();
        if (doubles && !known.canDouble()) {
            full.markUnsplittable();
            return;
        }
        Directory<K, V> next = doubles ? known.doubled() : known;
        try {
            full.retire();
            next.split(hash, upper, lower);
            directory = next;
        } catch (Throwable t) {
            known.replace(hash, full);
            full.unretire();
            throw t;
        }
    }

    /**
     * All values, weakly consistent: a value that is there throughout is included once. The value of a key may be
     * repeated if it was removed and added again meanwhile.
     */
    public final Iterator<V> iterator() {
        return new TableIterator<>(() -> directory);
    }

    /** The number of slots of all pages; for tests. */
    final long slots() {
        return directory.slots();
    }

    /** The hash by which a key is found. */
    /*
     * Every bit depends on all bits: the first ones select the page, the last ones the slot. Different hash codes
     * have different hashes, except for the two that give 0 and 1: 0 is the tag of an empty slot.
     */
    public static int hash(Object key) {
        return hash(key.hashCode());
    }

    /** The hash by which a key with this hash code is found. */
    public static int hash(int code) {
        int h = code;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        h ^= h >>> 16;
        return h == Page.EMPTY ? 1 : h;
    }
}
