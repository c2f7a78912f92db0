package io.presence.internal.store;

import io.presence.internal.index.Planner;
import io.presence.internal.table.PagedTable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The newest entry of each id, within the {@link CapacityLimits}.
 *
 * <p>Only {@link #add} allocates; if that fails, nothing has changed.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class EntryTable extends PagedTable<String, Entry> implements Planner.PrimaryIndex<Entry> {

    private final CapacityLimits capacity;

    /** Creates an empty table. */
    EntryTable(CapacityLimits capacity) {
        this.capacity = capacity;
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

    /** The successor of an ended entry, or null if it has none. */
    @Nullable Entry successor(Entry over) {
        Entry newest = get(over.id());
        return newest == over ? null : newest;
    }

    /**
     * Adds the first entry of an id. Call under its monitor. If this throws, or something after it, call
     * {@link #remove}.
     *
     * <p>Capacity is claimed under the monitor of the page in which the id is looked up, so two writers that add one
     * id need one claim.
     *
     * @param claim the claim of the user, or null if users are not counted
     * @return false if the id has an entry
     * @throws io.presence.PresenceException if a limit is reached
     */
    boolean add(Entry first, @Nullable UserClaim claim) {
        Insertion admission = new Insertion(first, claim);
        Entry there = compute(first.id(), admission);
        if (there == null && admission.refused != null) {
            throw capacity.error(admission.refused);
        }
        return there == first;
    }

    /** Inserts the entry if the table has no entry with the same id, and if capacity can be claimed for it. */
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

    /** Replaces an entry. The entry must be in the table. Call under its monitor. */
    void replace(Entry over, Entry next) {
        exchange(over.id(), over, next);
    }

    /** Removes an entry, if it is there, and releases its claims. Call under its monitor. Idempotent. */
    void remove(Entry over) {
        if (!removeNear(hash(over.id()), over)) {
            exchange(over.id(), over, null);
        }
        over.release(capacity);
    }
}
