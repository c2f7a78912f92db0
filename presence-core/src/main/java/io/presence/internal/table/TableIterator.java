package io.presence.internal.table;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An iterator over a table in the order of hashes, page by page. Pages are split but never merged, so the hash where
 * one page ends is always the start of another.
 *
 * <p><b>Threads.</b> For one thread, while others change the table.
 */
final class TableIterator<V> implements Iterator<V> {

    private static final long END = 1L << Integer.SIZE;

    private final Supplier<? extends Directory<?, V>> directory;
    /* The first hash after the pages visited so far. */
    private long position;
    private @Nullable Page<?, V> page;
    private int slot;
    private Iterator<V> overflowing = Collections.emptyIterator();
    private @Nullable V ahead;

    /**
     * Starts before the first value.
     *
     * @param directory gives the newest directory
     */
    TableIterator(Supplier<? extends Directory<?, V>> directory) {
        this.directory = directory;
    }

    @Override
    public boolean hasNext() {
        while (ahead == null) {
            if (page != null && slot < page.capacity()) {
                ahead = page.value(slot++);
            } else if (overflowing.hasNext()) {
                ahead = overflowing.next();
            } else if (position < END) {
                nextPage();
            } else {
                return false;
            }
        }
        return true;
    }

    /* If this throws, the page is not passed over. */
    private void nextPage() {
        Page<?, V> next = directory.get().page((int) position);
        overflowing = next.overflowValues().iterator();
        position += END >>> next.depth();
        page = next;
        slot = 0;
    }

    @Override
    public V next() {
        V next = hasNext() ? ahead : null;
        if (next == null) {
            throw new NoSuchElementException();
        }
        ahead = null;
        return next;
    }
}
