package io.presence.internal.table;

import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A concurrent hash table of values that carry their keys, in pages: a full page grows, and a large one parts in two.
 *
 * <p>So nothing but the values and some 17 bytes of table are kept for each of them, and no call ever pays for more
 * than one page, or for doubling the directory of pages, however many values there are. What was removed leaves room for
 * others; pages are never given back.
 *
 * <p>The scheme is R. Fagin, J. Nievergelt, N. Pippenger and H. R. Strong, "Extendible hashing" (ACM TODS 4, 1979), with
 * linear probing within a page. Of keys of one hash, and of keys whose search would be long, all but the first are kept in
 * an overflow, a concurrent hash map; so is what fills a page of hashes so alike that the directory would outgrow the pages.
 *
 * <p><b>Cost.</b> O(1), or O(log n) in an overflow of {@link Comparable} keys. {@link #get} takes no lock and allocates
 * nothing; {@link #compute} takes the monitor of one page, and now and then copies it.
 *
 * <p><b>Errors.</b> If something is thrown, by a change or for want of memory, the table is as it was.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 *
 * @param <K> the type of keys
 * @param <V> the type of values; told apart by {@link #hasKey}
 */
public abstract class PagedTable<K, V> {

    private static final int MIN_CAPACITY = 64;

    /*
     * To copy so many takes some 50 us. They are not fewer because the page itself, and the heads of its arrays, should
     * be in the caches: what is left to miss is the place alone.
     */
    private static final int MAX_CAPACITY = 8192;

    private final Object structure = new Object();
    private final int maxCapacity;
    private volatile Directory<K, V> directory;

    /** Makes an empty table. */
    protected PagedTable() {
        this(MIN_CAPACITY, MAX_CAPACITY);
    }

    /**
     * Makes an empty table of other pages, for tests to see them grow and part.
     *
     * @param least how many places a page has at first; a power of two, at least 16
     * @param most how many it has at most; a power of two
     */
    protected PagedTable(int minCapacity, int maxCapacity) {
        this.maxCapacity = maxCapacity;
        this.directory = new Directory<>(new Page<>(this, 0, minCapacity));
    }

    /** Tells whether a value whose key has the same hash is the one of this key. */
    protected abstract boolean hasKey(V value, K key);

    /** The value of a key, or null. */
    public final @Nullable V get(K key) {
        int hash = hash(key);
        return directory.page(hash).find(key, hash);
    }

    /**
     * Puts another value in the place of a key's.
     *
     * @param change from the value, or null if there is none, to the value to be, or null for none; called once, under the
     *     monitor of a page
     * @return the value to be
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
     * Puts another value in the place of one, if it is there. Needs no room, and allocates nothing.
     *
     * @param there the value to be replaced; told apart by identity
     * @param next the value to be, or null for none
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

    /** Puts a page with room, or two, in the place of a full one. Call under its monitor. */
    private void grow(Page<K, V> full, int hash) {
        if (full.isSparse()) {
            replace(full, hash, full.packed(full.capacity()));
        } else if (full.capacity() < maxCapacity) {
            replace(full, hash, full.packed(2 * full.capacity()));
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
     * The upper half is held until both are in the directory, and comes first: so whoever still meets the full page sees
     * all that there is in either, and who has met the lower half meets the upper one.
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
     * All values, weakly consistent: one that is there throughout is met, once. The value of a key may be met again if it
     * was removed and put back meanwhile.
     */
    public final Iterator<V> iterator() {
        return new TableIterator<>(() -> directory);
    }

    /*
     * Every bit depends on all: the first ones choose the page, the last the place. Different hash codes have different
     * hashes, but for the two that are 0 and 1: 0 marks an empty place.
     */
    static int hash(Object key) {
        int h = key.hashCode();
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        h ^= h >>> 16;
        return h == Page.EMPTY ? 1 : h;
    }
}
