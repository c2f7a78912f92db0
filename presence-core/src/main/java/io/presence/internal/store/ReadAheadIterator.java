package io.presence.internal.store;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An iterator of entries that takes some at a time from another iterator, and reads them ahead. So an entry can have
 * changed since it was taken.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class ReadAheadIterator implements Iterator<Entry> {

    /** The number of entries that are taken at a time. */
    static final int SIZE = 32;

    private final Iterator<Entry> all;
    private final ReadAhead reads;
    private final @Nullable Entry[] taken = new Entry[SIZE];
    private int count;
    private int next;

    ReadAheadIterator(Iterator<Entry> all, ReadAhead reads) {
        this.all = all;
        this.reads = reads;
    }

    @Override
    public boolean hasNext() {
        return next < count || all.hasNext();
    }

    @Override
    public Entry next() {
        if (next == count) {
            take();
        }
        Entry entry = next < count ? taken[next] : null;
        if (entry == null) {
            throw new NoSuchElementException();
        }
        taken[next++] = null;
        return entry;
    }

    private void take() {
        count = 0;
        next = 0;
        while (count < SIZE && all.hasNext()) {
            taken[count++] = all.next();
        }
        reads.states(taken, count);
    }
}
