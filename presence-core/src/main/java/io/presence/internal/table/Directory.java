package io.presence.internal.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The directory of an extendible hash table: maps the first {@code depth} bits of a hash to its page.
 *
 * <p><b>Threads.</b> Changed by one thread at a time; read by any.
 */
final class Directory<K, V> {

    /** The maximum number of directory entries per page. Only hashes that are alike on purpose would need more. */
    private static final int MAX_ENTRIES_PER_PAGE = 64;

    private static final VarHandle PAGES = MethodHandles.arrayElementVarHandle(Page[].class);

    /* The JVM links a kind of call of a handle at the first one, which fails without memory. So it is made here. */
    static {
        Page<?, ?>[] linked = new Page<?, ?>[1];
        PAGES.setRelease(linked, 0, (Page<?, ?>) PAGES.getAcquire(linked, 0));
    }

    private final int depth;
    private final Page<K, V>[] pages;
    private int count;

    /** The directory of one page. */
    Directory(Page<K, V> page) {
        this(0, Directory.array(1), 1);
        pages[0] = page;
    }

    private Directory(int depth, Page<K, V>[] pages, int count) {
        this.depth = depth;
        this.pages = pages;
        this.count = count;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <K, V> Page<K, V>[] array(int length) {
        return new Page[length];
    }

    int depth() {
        return depth;
    }

    @SuppressWarnings("unchecked") // nothing else is in the array
    Page<K, V> page(int hash) {
        return (Page<K, V>) PAGES.getAcquire(pages, index(hash));
    }

    /* The first bits of a hash. Shifted twice, because a shift by 32 bits has no effect. */
    private int index(int hash) {
        return hash >>> 1 >>> (Integer.SIZE - 1 - depth);
    }

    /** The number of slots of all pages, each once. */
    long slots() {
        return Arrays.stream(pages).distinct().mapToLong(Page::capacity).sum();
    }

    boolean canDouble() {
        return pages.length < MAX_ENTRIES_PER_PAGE * count;
    }

    /** A directory of the same pages with one more bit. */
    Directory<K, V> doubled() {
        Page<K, V>[] twice = array(2 * pages.length);
        for (int i = 0; i < twice.length; i++) {
            twice[i] = pages[i / 2];
        }
        return new Directory<>(depth + 1, twice, count);
    }

    /** Replaces the page of a hash by two, the upper half first. */
    void split(int hash, Page<K, V> upper, Page<K, V> lower) {
        int bit = Integer.MIN_VALUE >>> (upper.depth() - 1);
        replace(hash | bit, upper);
        replace(hash & ~bit, lower);
        count++;
    }

    /** Maps all hashes with the page's prefix to the page. */
    void replace(int hash, Page<K, V> page) {
        int same = 1 << (depth - page.depth());
        int first = index(hash) & -same;
        for (int i = first; i < first + same; i++) {
            PAGES.setRelease(pages, i, page);
        }
    }
}
