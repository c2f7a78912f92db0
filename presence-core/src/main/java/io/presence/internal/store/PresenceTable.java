package io.presence.internal.store;

import io.presence.Presence;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.internal.index.Planner;
import io.presence.internal.index.SecondaryIndexes;
import io.presence.internal.store.TtlPolicy.Lifetime;
import io.presence.query.AttributePath;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All presences by id, and the writes to them.
 *
 * <p>A write judges the caller and the present state, and publishes the new one, under the monitor of that one entry;
 * then it marks the entry dirty for the dispatcher. Living presences count against the maximum, and tombstones that the
 * dispatcher has yet to tell against twice that ({@link CapacityLimits}). A life that takes the place of one in the dirty queue
 * does not queue again.
 *
 * <p><b>Cost.</b> One look-up in a hash table and, for writes, one uncontended monitor. {@link #touch} and {@link #get}
 * take no lock; touch allocates nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread, except where a member says dispatcher.
 */
public final class PresenceTable {

    private final EntryTable entries;
    private final AtomicLong incarnations = new AtomicLong();
    private final Clocks clocks;
    private final TtlPolicy ttlPolicy;
    private final DirtyQueue dirty;
    private final SecondaryIndexes<Entry> indexes;
    private final TableChanges changes;
    private final Heartbeats heartbeats;
    private final Planner<Entry> planner;
    private final boolean deliversUnchanged;
    private final @Nullable UserLimits userLimits;
    private final @Nullable LimitedUpserts limitedUpserts;
    private volatile boolean closed;

    /** Makes an empty store that delivers changes alone, without limits for each user. */
    public PresenceTable(
            Clocks clocks, TtlPolicy lifetimes, DirtyQueue dirty, int maxPresences, List<AttributePath> indexed) {
        this(clocks, lifetimes, dirty, maxPresences, indexed, false, null);
    }

    /**
     * Makes an empty store.
     *
     * @param clocks on which lifetimes run
     * @param lifetimes the limits of lifetimes
     * @param dirty takes the entries that writes have changed
     * @param maxPresences how many presences may live
     * @param indexed the attributes to find entries by, other than their id
     * @param deliversUnchanged whether a write that changes nothing is delivered as one that does
     * @param limits the limits for each user, or null for none
     */
    public PresenceTable(
            Clocks clocks,
            TtlPolicy lifetimes,
            DirtyQueue dirty,
            int maxPresences,
            List<AttributePath> indexed,
            boolean deliversUnchanged,
            @Nullable UserLimits limits) {
        this.clocks = clocks;
        this.ttlPolicy = lifetimes;
        this.dirty = dirty;
        this.deliversUnchanged = deliversUnchanged;
        this.userLimits = limits;
        CapacityLimits places = new CapacityLimits(maxPresences, limits == null ? null : limits.presences());
        this.entries = new EntryTable(places);
        this.indexes = new SecondaryIndexes<>(indexed);
        this.changes = new TableChanges(entries, places, indexes, dirty);
        this.heartbeats = new Heartbeats(entries, clocks);
        dirty.recoverFrom(entries::iterator, maxPresences);
        this.planner = new Planner<>(entries, indexes);
        this.limitedUpserts =
                limits == null ? null : new LimitedUpserts(limits, new ExpiredReclaim(planner, changes, clocks));
    }

    /** Creates or replaces a presence, for a caller that has the scope. */
    public Presence upsert(PresenceUpsert upsert, Access access) {
        requireOpen();
        String owner = access.owner(upsert.userId());
        access.requireGrantable(upsert.permissions());
        return limitedUpserts == null
                ? write(upsert, owner, null)
                : limitedUpserts.upsert(upsert, owner, access, claim -> write(upsert, owner, claim));
    }

    private PresenceState write(PresenceUpsert upsert, String owner, @Nullable UserClaim claim) {
        while (true) {
            Entry entry = entries.get(upsert.presenceId());
            PresenceState written = entry == null ? create(upsert, owner, claim) : replace(entry, upsert, owner, claim);
            if (written != null) {
                return written;
            }
        }
    }

    /** Begins the first life of an id. Null if another writer was first. */
    private @Nullable PresenceState create(PresenceUpsert upsert, String owner, @Nullable UserClaim claim) {
        Lifetime lifetime = resolveLifetime(upsert);
        long now = clocks.now();
        Entry entry = new Entry(upsert.presenceId(), now, lifetime.ttlNanos());
        PresenceState first = initial(upsert, entry.id(), owner, lifetime, now);
        return changes.add(entry, first, now, claim) ? first : null;
    }

    private PresenceState initial(PresenceUpsert upsert, String id, String owner, Lifetime lifetime, long now) {
        return PresenceState.initial(
                PresenceFields.of(upsert, id, owner), incarnations.incrementAndGet(), lifetime, now);
    }

    /** Goes on with a life, or begins another in its place. Null if the entry is no longer in the table. */
    private @Nullable PresenceState replace(
            Entry entry, PresenceUpsert upsert, String owner, @Nullable UserClaim claim) {
        PresenceState next;
        long now;
        synchronized (entry) {
            if (entry.isRemoved()) {
                return null;
            }
            Lifetime lifetime = resolveLifetime(upsert);
            now = clocks.now();
            PresenceState old = entry.liveState(now);
            if (old != null && !old.userId().equals(owner)) {
                throw StoreErrors.idUnavailable(entry.id());
            }
            if (old == null) {
                return succeed(entry, upsert, owner, lifetime, now, claim);
            }
            if (!deliversUnchanged && old.isUnchangedBy(upsert)) {
                PresenceState renewed = renew(entry, old, lifetime, now);
                return renewed == null ? succeed(entry, upsert, owner, lifetime, now, claim) : renewed;
            }
            /* The id and the owner as they are: of what is equal, one is kept. */
            next = old.replaced(PresenceFields.of(upsert, entry.id(), old.userId()), lifetime, now);
            if (!changes.publish(entry, next, now, lifetime.ttlNanos(), Action.UPSERT)) {
                return succeed(entry, upsert, owner, lifetime, now, claim);
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

    /** Begins a life in the place of one that is over. Call under its monitor. */
    private PresenceState succeed(
            Entry over, PresenceUpsert upsert, String owner, Lifetime lifetime, long now, @Nullable UserClaim claim) {
        Entry entry = new Entry(over.id(), now, lifetime.ttlNanos());
        PresenceState first = initial(upsert, entry.id(), owner, lifetime, now);
        changes.succeed(over, entry, first, now, claim);
        return first;
    }

    /** Goes on with a life as it is. Null if it is over. Call under the monitor. */
    private @Nullable PresenceState renew(Entry entry, PresenceState old, Lifetime lifetime, long now) {
        /* Made first: nothing that may fail comes after the effect. */
        long ttl = lifetime.ttlNanos();
        PresenceState renewed = old.withLease(Lease.withDeadline(old.word(), now + ttl), ttl, now, clocks.shift());
        return changes.renew(entry, now, ttl) ? renewed : null;
    }

    private Lifetime resolveLifetime(PresenceUpsert upsert) {
        return ttlPolicy.resolve(upsert.expiresIn(), upsert.expiresAt(), clocks.wallMillis());
    }

    /** Changes some fields of a presence, for a caller that has the scope. */
    public Presence update(String id, PresencePatch patch, Access access) {
        requireOpen();
        access.requireGrantable(patch.permissions());
        if (userLimits != null) {
            userLimits.require(patch, access);
        }
        while (true) {
            Entry entry = entries.get(id);
            if (entry == null) {
                throw StoreErrors.notFound(id);
            }
            PresenceState written = update(entry, patch, access);
            if (written != null) {
                return written;
            }
        }
    }

    /** Goes on with a life. Null if the entry is no longer in the table. */
    private @Nullable PresenceState update(Entry entry, PresencePatch patch, Access access) {
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
            if (!access.canUpdate(old)) {
                throw StoreErrors.denied("updated", entry.id());
            }
            Lifetime lifetime = patch.expiresIn() == null && patch.expiresAt() == null
                    ? null
                    : ttlPolicy.resolve(patch.expiresIn(), patch.expiresAt(), wallMillis);
            if (patch.isEmpty() || (!deliversUnchanged && old.isUnchangedBy(patch))) {
                return keep(entry, old, lifetime, now);
            }
            next = patch(entry, old, patch, lifetime, wallMillis, now);
        }
        try {
            dirty.enqueue(entry, now);
        } catch (Throwable t) {
            dirty.markMissed(entry);
            throw t;
        }
        return next;
    }

    /** Leaves a presence as it is, but for the lifetime if there is a new one. Call under the monitor. */
    private PresenceState keep(Entry entry, PresenceState old, @Nullable Lifetime lifetime, long now) {
        if (lifetime == null) {
            return entry.current(old, clocks);
        }
        PresenceState renewed = renew(entry, old, lifetime, now);
        if (renewed == null) {
            throw StoreErrors.notFound(entry.id());
        }
        return renewed;
    }

    /** Publishes the state that a patch makes of another. */
    private PresenceState patch(
            Entry entry,
            PresenceState old,
            PresencePatch patch,
            @Nullable Lifetime lifetime,
            long wallMillis,
            long now) {
        PresenceFields content = old.fields().with(patch);
        PresenceState next = lifetime == null
                ? entry.current(old, clocks).rewritten(content, wallMillis)
                : old.replaced(content, lifetime, now);
        if (!changes.publish(entry, next, now, lifetime == null ? 0 : lifetime.ttlNanos(), Action.UPDATE)) {
            throw StoreErrors.notFound(entry.id());
        }
        return next;
    }

    /**
     * Extends a life to {@code ttl} from now, or by what its last write gave, for a caller that has the scope. No lock.
     */
    public boolean touch(String id, @Nullable Duration ttl, Access access) {
        long given = ttl == null ? 0 : ttlPolicy.ttl("ttl", ttl);
        if (ttl != null && userLimits != null) {
            userLimits.require(ttl, access);
        }
        requireOpen();
        return heartbeats.touch(id, given, access);
    }

    /** Returns a presence, for a caller that has the scope. */
    public @Nullable Presence get(String id, Access access) {
        for (Entry entry = entries.get(id); entry != null; entry = entries.successor(entry)) {
            PresenceState seen = entry.liveState(clocks.now());
            if (seen != null) {
                return access.canRead(seen) ? entry.current(seen, clocks) : null;
            }
        }
        return null;
    }

    /** Ends a life, for a caller that has the scope. */
    public boolean delete(String id, Access access) {
        requireOpen();
        while (true) {
            Entry entry = entries.get(id);
            if (entry == null) {
                return false;
            }
            synchronized (entry) {
                if (!entry.isRemoved()) {
                    return delete(entry, access);
                }
            }
        }
    }

    /** Ends a life that is not over. Call under the monitor. */
    private boolean delete(Entry entry, Access access) {
        PresenceState old = entry.state();
        if (old == null || !access.canRead(old)) {
            return false;
        }
        long now = clocks.now();
        if (!access.canDelete(old) && entry.isAlive(now)) {
            throw StoreErrors.denied("deleted", entry.id());
        }
        return changes.delete(entry, now);
    }

    /** The reading of the clock that one pass over the store goes by. */
    public long now() {
        clocks.shift();
        return clocks.now();
    }

    /** A state of the life of an entry, with the lease as it is; in a pass that goes by a reading of the clock. */
    public PresenceState current(Entry entry, PresenceState seen, long now) {
        return entry.current(seen, now, clocks.knownShift());
    }

    /** A state of the life of an entry, with the lease as it is. */
    public PresenceState current(Entry entry, PresenceState seen) {
        return entry.current(seen, clocks);
    }

    /**
     * A state with the lease as it is, if it is the one of its presence that was dispatched last. By the dispatcher.
     */
    public PresenceState currentIfDispatched(PresenceState seen) {
        Entry entry = find(seen.id());
        return entry != null && entry.dispatched() == seen ? entry.current(seen, clocks) : seen;
    }

    /** The times of the end of a life that is over, whose last state is given. */
    public EndTimes endTimes(Entry over, PresenceState last) {
        return EndTimes.of(over, last, clocks.shift());
    }

    /** The ways to come by entries, of which each filter has a shortest. */
    public Planner<Entry> planner() {
        return planner;
    }

    /** The number of entries, tombstones included. */
    public int size() {
        return entries.size();
    }

    /** The number of postings in the secondary indexes. */
    public long postings() {
        return indexes.size();
    }

    /** Tells whether a state is that of its presence, or the one of it that was dispatched last. By the dispatcher. */
    public boolean isHeld(PresenceState state) {
        Entry entry = find(state.id());
        return entry != null && (entry.state() == state || entry.dispatched() == state);
    }

    /** The newest entry of an id, or null. */
    public @Nullable Entry find(String id) {
        return entries.find(id);
    }

    /**
     * How many lives have begun: each state's {@link PresenceState#incarnation} is at most what it was when that was published.
     */
    public long incarnations() {
        return incarnations.get();
    }

    /**
     * The entry to dispatch in the place of one from the dirty queue: itself, its successor, or null. Dispatcher only.
     */
    public @Nullable Entry newest(Entry taken) {
        return changes.newest(taken);
    }

    /** Takes what happened to an entry since the last time, or throws and leaves it. Dispatcher only. */
    public CapturedChange capture(Entry entry, long now) {
        return changes.capture(entry, now);
    }

    /**
     * Notes what subscriptions have been told of an entry, and at which revision, whatever is thrown. Dispatcher only.
     */
    public void recordDispatched(Entry entry, @Nullable PresenceState told, long revision) {
        changes.recordDispatched(entry, told, revision);
    }

    /** Removes an entry whose end has been told; may be called again if it throws. Dispatcher only. */
    public void release(Entry entry) {
        changes.release(entry);
    }

    /** Refuses writes from now on. */
    public void close() {
        closed = true;
    }

    /** Makes the error of what a closed store can't do. */
    public static PresenceException closedError() {
        return StoreErrors.storeClosed();
    }

    /** Fails once the store is closed. */
    public void requireOpen() {
        if (closed) {
            throw StoreErrors.storeClosed();
        }
    }
}
