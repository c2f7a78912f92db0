package io.presence.internal.store;

import io.presence.PresenceEvent.Action;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Version;
import io.presence.WriteResult.Outcome;
import io.presence.lock.Locks;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The writes: upsert, update and delete.
 *
 * <p>A write checks the caller's rights, reads the present state and publishes the new one under the monitor of that
 * one entry; then it marks the entry dirty for the dispatcher.
 *
 * <p><b>Cost.</b> One look-up in a hash table and one uncontended monitor.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class Writes {

    /* The TTL of a write that leaves the lease as it is. */
    private static final long SAME_LEASE = 0;

    private final EntryTable entries;
    private final TableChanges changes;
    private final DirtyQueue dirty;
    private final Clocks clocks;
    private final TtlPolicy ttlPolicy;
    private final Takeovers takeovers;
    private final Incarnations incarnations;
    private final boolean deliversUnchanged;
    private final boolean isOfLocks;

    /**
     * Creates the writes of a table.
     *
     * @param deliversUnchanged whether a write that changes nothing is delivered as an update
     * @param isOfLocks whether the presences are those of locks
     */
    Writes(
            EntryTable entries,
            TableChanges changes,
            DirtyQueue dirty,
            Clocks clocks,
            TtlPolicy ttlPolicy,
            Takeovers takeovers,
            Incarnations incarnations,
            boolean deliversUnchanged,
            boolean isOfLocks) {
        this.entries = entries;
        this.changes = changes;
        this.dirty = dirty;
        this.clocks = clocks;
        this.ttlPolicy = ttlPolicy;
        this.takeovers = takeovers;
        this.incarnations = incarnations;
        this.deliversUnchanged = deliversUnchanged;
        this.isOfLocks = isOfLocks;
    }

    /**
     * Creates or replaces a presence, for a caller that has the scope and may grant the permissions.
     *
     * @param claim the claim of the user, or null if users are not counted
     * @param hold the hold of the session that writes, or null
     */
    PresenceState upsert(PresenceUpsert upsert, String owner, @Nullable UserClaim claim, @Nullable Hold hold) {
        while (true) {
            Entry entry = entries.get(upsert.presenceId());
            PresenceState written =
                    entry == null ? create(upsert, owner, claim, hold) : replace(entry, upsert, owner, claim, hold);
            if (written != null) {
                return written;
            }
        }
    }

    /** Adds the first entry of an id. Null if another writer was first. */
    private @Nullable PresenceState create(
            PresenceUpsert upsert, String owner, @Nullable UserClaim claim, @Nullable Hold hold) {
        Conditions.requireForAbsent(upsert);
        /* Here alone: where there is no such entry, no other operation finds one. */
        if (!isOfLocks && upsert.presenceId().startsWith(Locks.ID_PREFIX)) {
            throw StoreErrors.reservedForLocks(upsert.presenceId());
        }
        long wallMillis = clocks.wallMillis();
        long ttl = resolveTtl(upsert, wallMillis);
        long now = clocks.now();
        Entry entry = new Entry(upsert.presenceId(), now, ttl, hold);
        PresenceState first = initial(upsert, entry.id(), owner, now, wallMillis, ttl);
        return changes.add(entry, first, now, claim) ? first : null;
    }

    private PresenceState initial(PresenceUpsert upsert, String id, String owner, long now, long wallMillis, long ttl) {
        PresenceFields fields = PresenceFields.of(upsert, id, owner, now);
        return PresenceState.initial(fields, incarnations.next(), now, wallMillis, ttl);
    }

    /** Updates an incarnation, or creates its successor. Null if the entry is no longer in the table. */
    private @Nullable PresenceState replace(
            Entry entry, PresenceUpsert upsert, String owner, @Nullable UserClaim claim, @Nullable Hold hold) {
        PresenceState next;
        long now;
        /* Compared before the monitor is taken, so that the cache misses of this and of the look-up overlap. */
        PresenceState seen = entry.state();
        boolean isOwned = seen != null && seen.userId().equals(owner);
        synchronized (entry) {
            if (entry.isRemoved()) {
                return null;
            }
            long wallMillis = clocks.wallMillis();
            long ttl = resolveTtl(upsert, wallMillis);
            now = clocks.now();
            PresenceState old = entry.liveState(now);
            if (old != null && !(old == seen ? isOwned : old.userId().equals(owner))) {
                throw StoreErrors.idUnavailable(entry.id());
            }
            if (old == null) {
                return succeed(entry, upsert, owner, now, wallMillis, ttl, claim, hold);
            }
            Conditions.require(upsert, old);
            PresenceState base = takeovers.ownState(entry, old, now, ttl, claim);
            HoldChange holders = HoldChange.of(entry, hold, upsert);
            if (!deliversUnchanged && old.isUnchangedBy(upsert)) {
                PresenceState renewed = renew(entry, old, now, ttl, holders);
                return renewed == null ? succeed(entry, upsert, owner, now, wallMillis, ttl, claim, hold) : renewed;
            }
            next = base.replaced(upsert, now, wallMillis, ttl);
            if (!changes.publish(entry, next, now, ttl, Action.UPSERT, holders)) {
                return succeed(entry, upsert, owner, now, wallMillis, ttl, claim, hold);
            }
        }
        try {
            dirty.enqueue(entry, now);
        } catch (Throwable t) {
            dirty.markMissed(entry);
            throw t;
        }
        return next;
    }

    /** Creates the successor of an ended entry. Call under its monitor. */
    private PresenceState succeed(
            Entry over,
            PresenceUpsert upsert,
            String owner,
            long now,
            long wallMillis,
            long ttl,
            @Nullable UserClaim claim,
            @Nullable Hold hold) {
        Conditions.requireForAbsent(upsert);
        Entry entry = new Entry(over.id(), now, ttl, hold);
        PresenceState first = initial(upsert, entry.id(), owner, now, wallMillis, ttl);
        changes.succeed(over, entry, first, now, claim);
        return first;
    }

    /** Sets the deadline and changes nothing else. Null if the incarnation has ended. Call under the monitor. */
    private @Nullable PresenceState renew(
            Entry entry, PresenceState old, long now, long ttl, @Nullable HoldChange holders) {
        /* Created before the effect: nothing that can fail comes after it. */
        PresenceState renewed = old.renewed(Lease.withDeadline(old.word(), now + ttl), ttl, now, clocks.shift());
        return changes.renew(entry, now, ttl, holders) ? renewed : null;
    }

    private long resolveTtl(PresenceUpsert upsert, long wallMillis) {
        return ttlPolicy.resolve(upsert.expiresIn(), upsert.expiresAt(), wallMillis);
    }

    /**
     * Changes some fields of a presence, if the caller may read and update it and may grant the permissions.
     *
     * @param session the session that writes, which must hold the presence, or null
     */
    PresenceState update(String id, PresencePatch patch, Access access, @Nullable SessionHolds session) {
        while (true) {
            Entry entry = entries.get(id);
            if (entry == null) {
                throw StoreErrors.notFound(id);
            }
            PresenceState written = update(entry, patch, access, session);
            if (written != null) {
                return written;
            }
        }
    }

    /** Updates an incarnation. Null if the entry is no longer in the table. */
    private @Nullable PresenceState update(
            Entry entry, PresencePatch patch, Access access, @Nullable SessionHolds session) {
        PresenceState next;
        long now;
        synchronized (entry) {
            if (entry.isRemoved()) {
                return null;
            }
            long wallMillis = clocks.wallMillis();
            now = clocks.now();
            PresenceState old = entry.liveState(now);
            if (old == null || !access.canRead(old)) {
                throw StoreErrors.notFound(entry.id());
            }
            if (session != null && entry.holdOf(session) == null) {
                throw StoreErrors.fenced(entry.id());
            }
            if (!access.canUpdate(old)) {
                throw StoreErrors.denied("updated", entry.id());
            }
            Conditions.require(patch.requiredVersion(), old);
            long ttl = patch.expiresIn() == null && patch.expiresAt() == null
                    ? SAME_LEASE
                    : ttlPolicy.resolve(patch.expiresIn(), patch.expiresAt(), wallMillis);
            Map<String, @Nullable Object> metadata = patch.metadataAfter(old.metadata());
            /* After all that can refuse the patch. */
            PresenceState base = takeovers.ownState(entry, old, now, Heartbeats.LAST_TTL, null);
            if (patch.isEmpty() || (!deliversUnchanged && old.isUnchangedBy(patch, metadata))) {
                return keep(entry, old, now, ttl);
            }
            next = patch(entry, base, PresenceFields.of(patch, metadata, old, now), now, wallMillis, ttl);
        }
        try {
            dirty.enqueue(entry, now);
        } catch (Throwable t) {
            dirty.markMissed(entry);
            throw t;
        }
        return next;
    }

    /** Changes at most the deadline of a presence. Call under the monitor. */
    private PresenceState keep(Entry entry, PresenceState old, long now, long ttl) {
        if (ttl == SAME_LEASE) {
            return entry.current(old, clocks).unchanged();
        }
        PresenceState renewed = renew(entry, old, now, ttl, HoldChange.ofUpdate(entry));
        if (renewed == null) {
            throw StoreErrors.notFound(entry.id());
        }
        return renewed;
    }

    /** Publishes the state that results from a patch. */
    private PresenceState patch(
            Entry entry, PresenceState old, PresenceFields fields, long now, long wallMillis, long ttl) {
        PresenceState next = ttl == SAME_LEASE
                ? entry.current(old, clocks).rewritten(fields, wallMillis)
                : old.replaced(fields, now, wallMillis, ttl, Outcome.UPDATED);
        HoldChange holders = ttl == SAME_LEASE ? null : HoldChange.ofUpdate(entry);
        if (!changes.publish(entry, next, now, ttl, Action.UPDATE, holders)) {
            throw StoreErrors.notFound(entry.id());
        }
        return next;
    }

    /**
     * Deletes a presence, for a caller that has the scope.
     *
     * @param required the version that the presence must have, or null for any
     * @return false if there is no live presence of that id that the caller can read
     */
    boolean delete(String id, @Nullable Version required, Access access) {
        while (true) {
            Entry entry = entries.get(id);
            if (entry == null) {
                return false;
            }
            synchronized (entry) {
                if (!entry.isRemoved()) {
                    return delete(entry, required, access);
                }
            }
        }
    }

    /** Deletes a live presence. Call under the monitor. */
    private boolean delete(Entry entry, @Nullable Version required, Access access) {
        PresenceState old = entry.state();
        if (old == null || !access.canRead(old)) {
            return false;
        }
        long now = clocks.now();
        if ((required != null || !access.canDelete(old)) && entry.isAlive(now)) {
            if (!access.canDelete(old)) {
                throw StoreErrors.denied("deleted", entry.id());
            }
            Conditions.require(required, old);
        }
        return changes.delete(entry, now, Ending.DELETED);
    }
}
