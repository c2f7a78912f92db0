package io.presence.internal.store;

import io.presence.PresenceUpsert;
import org.jspecify.annotations.Nullable;

/**
 * The change of the holders of a live entry by a write that sets its lease. It is applied before the lease is set and
 * undone if the write does not happen.
 *
 * <p><b>Order of accesses.</b> A write replaces the holders, <b>then</b> changes the fence in the lease word,
 * <b>then</b> sets the lease. A heartbeat of a session reads the word, <b>then</b> checks that it holds the entry,
 * <b>then</b> changes the word by CAS. So a heartbeat of a session that has lost the entry fails, or precedes the lease
 * that the write sets.
 *
 * <p><b>Threads.</b> Under the monitor of the entry.
 */
final class HoldChange {

    private final Entry entry;
    private final @Nullable Holding former;
    private final @Nullable Holding next;
    private final @Nullable Hold taken;

    private HoldChange(Entry entry, @Nullable Holding former, @Nullable Holding next, @Nullable Hold hold) {
        this.entry = entry;
        this.former = former;
        this.next = next;
        this.taken = hold != null && next != null && next.contains(hold) ? hold : null;
    }

    /**
     * Returns the change by an upsert. By a session it makes that session the only holder, or adds it if the upsert
     * is shared. Outside sessions it leaves the holders, and ends a grace. If it is unheld, there are no holders.
     *
     * @param hold a new hold of the session that writes, or null outside sessions and for an upsert that is unheld
     * @return null if the holders stay as they are
     * @throws io.presence.PresenceException if too many sessions would hold the presence
     */
    static @Nullable HoldChange of(Entry entry, @Nullable Hold hold, PresenceUpsert upsert) {
        Holding former = entry.holding();
        if (former == null && hold == null) {
            return null;
        }
        Holding next = upsert.isUnheld()
                ? null
                : hold == null
                        ? withoutGrace(former)
                        : upsert.isShared() ? shared(entry, former, hold) : sole(former, hold);
        return next == former ? null : new HoldChange(entry, former, next, hold);
    }

    /** Returns the change by an update that sets the lease: it ends a grace. Null if the holders stay as they are. */
    static @Nullable HoldChange ofUpdate(Entry entry) {
        Holding former = entry.holding();
        return former instanceof Grace ? new HoldChange(entry, former, null, null) : null;
    }

    private static @Nullable Holding withoutGrace(@Nullable Holding former) {
        return former instanceof Grace ? null : former;
    }

    private static Holding sole(@Nullable Holding former, Hold hold) {
        Hold own = former == null ? null : former.of(hold.session);
        return own == null ? hold : own;
    }

    private static Holding shared(Entry entry, @Nullable Holding former, Hold hold) {
        if (former == null || former instanceof Grace) {
            return hold;
        }
        if (former.of(hold.session) != null) {
            return former;
        }
        if (former instanceof SharedHold holders) {
            if (holders.isFull()) {
                throw StoreErrors.tooManyHolders(entry.id());
            }
            return holders.with(hold);
        }
        return new SharedHold((Hold) former, hold);
    }

    void apply() {
        entry.setHolding(next);
        if (taken != null) {
            taken.entry = entry;
        }
        entry.fence();
    }

    void undo() {
        entry.setHolding(former);
        if (taken != null) {
            taken.entry = null;
        }
    }
}
