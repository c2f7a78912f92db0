package io.presence.internal.store;

import io.presence.internal.index.ById;
import io.presence.internal.table.PagedTable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The entries by id, of each id the newest, and not more than so many.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class EntryTable extends PagedTable<String, Entry> implements ById<Entry> {

    private final AtomicInteger size = new AtomicInteger();
    private final int most;

    /** Makes an empty table. */
    EntryTable(int most) {
        this.most = most;
    }

    @Override
    protected boolean isOf(Entry entry, String id) {
        return entry.id().equals(id);
    }

    @Override
    public @Nullable Entry find(String id) {
        return get(id);
    }

    /** The number of entries, tombstones included. */
    @Override
    public int size() {
        return size.get();
    }

    /** The life that a writer has meanwhile put in the place of one that is over, or null: then it is dead for good. */
    @Nullable Entry after(Entry over) {
        Entry newest = get(over.id());
        return newest == over ? null : newest;
    }

    /**
     * Adds the first entry of an id.
     *
     * @return false if there is one
     * @throws io.presence.PresenceException if there are as many as there may be
     */
    boolean add(Entry first) {
        if (size.incrementAndGet() > most) {
            size.decrementAndGet();
            if (get(first.id()) != null) {
                return false;
            }
            throw Refusals.full(most);
        }
        if (compute(first.id(), there -> there == null ? first : there) == first) {
            return true;
        }
        size.decrementAndGet();
        return false;
    }

    /** Puts an entry in the place of another. Call under the monitor of that, which is in the table. */
    void replace(Entry over, Entry next) {
        compute(over.id(), there -> there == over ? next : there);
    }

    /** Removes an entry. Call under its monitor, if it is in the table. */
    void remove(Entry over) {
        compute(over.id(), there -> there == over ? null : there);
        size.decrementAndGet();
    }
}
