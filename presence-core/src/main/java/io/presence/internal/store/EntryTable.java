package io.presence.internal.store;

import io.presence.internal.index.PrimaryIndex;
import io.presence.internal.table.PagedTable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The entries by id, of each id the newest, within the limits of {@link CapacityLimits}.
 *
 * <p>Only {@link #add} allocates, and leaves everything as it was if that fails.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class EntryTable extends PagedTable<String, Entry> implements PrimaryIndex<Entry> {

    private final CapacityLimits capacity;

    /** Makes an empty table. */
    EntryTable(CapacityLimits places) {
        this.capacity = places;
    }

    @Override
    protected boolean hasKey(Entry entry, String id) {
        return entry.id().equals(id);
    }

    @Override
    public @Nullable Entry find(String id) {
        return get(id);
    }

    /** The number of entries, tombstones included. */
    @Override
    public int size() {
        return capacity.entries();
    }

    /** The life that a writer has meanwhile put in the place of one that is over, or null: then it is dead for good. */
    @Nullable Entry successor(Entry over) {
        Entry newest = get(over.id());
        return newest == over ? null : newest;
    }

    /**
     * Adds the first entry of an id. Call under its monitor. If this throws, or something after it, call
     * {@link #remove}.
     *
     * <p>The place is taken under the monitor of the page in which the id is looked for: so two that add one id need
     * one place.
     *
     * @param claim for whom, if users are counted
     * @return false if there is one
     * @throws io.presence.PresenceException if there are as many as there may be
     */
    boolean add(Entry first, @Nullable UserClaim claim) {
        Insertion admission = new Insertion(first, claim);
        Entry there = compute(first.id(), admission);
        if (there == null && admission.refused != null) {
            throw capacity.error(admission.refused);
        }
        return there == first;
    }

    /** Puts the first entry of an id there if nothing is, and if there is a place. */
    private final class Insertion implements UnaryOperator<@Nullable Entry> {

        private final Entry first;
        private final @Nullable UserClaim claim;
        private CapacityLimits.@Nullable Limit refused;

        Insertion(Entry first, @Nullable UserClaim claim) {
            this.first = first;
            this.claim = claim;
        }

        @Override
        public @Nullable Entry apply(@Nullable Entry there) {
            if (there != null) {
                return there;
            }
            refused = first.acquire(capacity, claim);
            return refused == null ? first : null;
        }
    }

    /** Puts an entry in the place of another. Call under the monitor of that, which is in the table. */
    void replace(Entry over, Entry next) {
        exchange(over.id(), over, next);
    }

    /**
     * Removes an entry, if it is there, and gives back what places it has. Call under its monitor. May be called again.
     */
    void remove(Entry over) {
        exchange(over.id(), over, null);
        over.release(capacity);
    }
}
