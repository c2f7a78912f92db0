package io.presence.internal.store;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Version;
import io.presence.WriteResult;
import io.presence.access.AccessExplanation;
import io.presence.access.AccessReason;
import io.presence.internal.index.Planner;
import io.presence.internal.index.SecondaryIndexes;
import io.presence.internal.wheel.TimerWheel;
import io.presence.query.AttributePath;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The presences of a store by id, and the operations on them.
 *
 * <p>Live presences count against the maximum, and undispatched tombstones against twice that ({@link CapacityLimits}).
 * The successor of an entry in the dirty queue is not enqueued again.
 *
 * <p><b>Cost.</b> One look-up in a hash table and, for writes, one uncontended monitor. {@link #touch} and
 * {@link #get} take no lock; touch allocates nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread, except for the members that are documented as dispatcher only.
 */
public final class PresenceTable {

    private final EntryTable entries;
    private final Incarnations incarnations = new Incarnations();
    private final Clocks clocks;
    private final TtlPolicy ttlPolicy;
    private final SecondaryIndexes<Entry> indexes;
    private final TableChanges changes;
    private final Writes writes;
    private final Heartbeats heartbeats;
    private final IdleChanges idle;
    private final HeldPresences held;
    private final Planner<Entry> planner;
    private final ReadAhead readAhead;
    private final @Nullable UserLimits userLimits;
    private final @Nullable LimitedUpserts limitedUpserts;
    private final Replicas replicas;
    /* Null outside a cluster. Set before the first dispatch. */
    private @Nullable ChangeSink sink;
    private volatile boolean closed;

    /** Creates an empty table that dispatches only effective changes and has no limits per user. */
    public PresenceTable(
            Clocks clocks, TtlPolicy ttlPolicy, DirtyQueue dirty, int maxPresences, List<AttributePath> indexed) {
        this(clocks, ttlPolicy, dirty, maxPresences, indexed, false, null);
    }

    /** Creates an empty table whose presences are not those of locks. */
    public PresenceTable(
            Clocks clocks,
            TtlPolicy ttlPolicy,
            DirtyQueue dirty,
            int maxPresences,
            List<AttributePath> indexed,
            boolean deliversUnchanged,
            @Nullable UserLimits limits) {
        this(clocks, ttlPolicy, dirty, maxPresences, indexed, deliversUnchanged, limits, false);
    }

    /**
     * Creates an empty table.
     *
     * @param clocks the clocks of the store
     * @param ttlPolicy the default and the maximum TTL
     * @param dirty receives the entries that writes have changed
     * @param maxPresences the maximum number of live presences
     * @param indexed the attributes with a secondary index
     * @param deliversUnchanged whether a write that changes nothing is delivered as an update
     * @param limits the limits of each user, or null for none
     * @param isOfLocks whether the presences are those of locks
     */
    public PresenceTable(
            Clocks clocks,
            TtlPolicy ttlPolicy,
            DirtyQueue dirty,
            int maxPresences,
            List<AttributePath> indexed,
            boolean deliversUnchanged,
            @Nullable UserLimits limits,
            boolean isOfLocks) {
        this.clocks = clocks;
        this.ttlPolicy = ttlPolicy;
        this.userLimits = limits;
        CapacityLimits capacity = new CapacityLimits(maxPresences, limits == null ? null : limits.presences());
        this.entries = new EntryTable(capacity);
        this.indexes = new SecondaryIndexes<>(indexed);
        this.readAhead = new ReadAhead(entries, indexes);
        this.changes = new TableChanges(entries, capacity, indexes, dirty);
        Takeovers takeovers = new Takeovers(capacity, dirty, limits == null ? null : limits.presences());
        this.writes = new Writes(
                entries, changes, dirty, clocks, ttlPolicy, takeovers, incarnations, deliversUnchanged, isOfLocks);
        this.replicas = new Replicas(entries, changes, capacity, dirty, clocks);
        this.heartbeats = new Heartbeats(entries, readAhead, clocks, takeovers);
        this.idle = new IdleChanges(entries, changes, dirty, clocks, takeovers);
        this.held = new HeldPresences(this, entries, changes, idle, clocks);
        dirty.recoverFrom(entries::iterator, maxPresences);
        this.planner = new Planner<>(entries, indexes);
        this.limitedUpserts =
                limits == null ? null : new LimitedUpserts(limits, new ExpiredReclaim(planner, changes, clocks));
    }

    /** Creates or replaces a presence, for a caller that has the scope. */
    public WriteResult upsert(PresenceUpsert upsert, Access access) {
        return upsert(upsert, access, null);
    }

    /** The entries of an access path, some of them read ahead of their use if there are many. For one thread. */
    public Iterator<Entry> readAhead(Iterator<Entry> path, long size) {
        return size < ReadAheadIterator.SIZE ? path : new ReadAheadIterator(path, readAhead);
    }

    /** Reads what upserts will read, so that their cache misses overlap. Changes nothing. */
    public void readAheadOf(List<PresenceUpsert> upserts) {
        readAhead.upserts(upserts);
    }

    /** As {@link #upsert(PresenceUpsert, Access)}; a write by a session takes a new hold of it. */
    WriteResult upsert(PresenceUpsert upsert, Access access, @Nullable Hold hold) {
        requireOpen();
        String owner = access.owner(upsert.userId());
        access.requireGrantable(upsert.permissions());
        return limitedUpserts == null
                ? writes.upsert(upsert, owner, null, hold)
                : limitedUpserts.upsert(upsert, owner, access, claim -> writes.upsert(upsert, owner, claim, hold));
    }

    /** Changes some fields of a presence, if the caller may read and update it. */
    public WriteResult update(String id, PresencePatch patch, Access access) {
        return update(id, patch, access, null);
    }

    /** As {@link #update(String, PresencePatch, Access)}, by a session if one is given: it must hold the presence. */
    WriteResult update(String id, PresencePatch patch, Access access, @Nullable SessionHolds session) {
        requireOpen();
        access.requireGrantable(patch.permissions());
        if (userLimits != null) {
            userLimits.require(patch, access);
        }
        return writes.update(id, patch, access, session);
    }

    /**
     * Extends the deadline to now plus {@code ttl}, or plus the TTL of the last write, for a caller that has the
     * scope. Takes no lock.
     */
    public boolean touch(String id, @Nullable Duration ttl, Access access) {
        long given = ttl == null ? Heartbeats.LAST_TTL : ttlPolicy.ttl("ttl", ttl);
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

    /** Explains the access of a principal to an id, for trusted code. */
    public AccessExplanation explainAccess(Principal principal, String id) {
        AccessExplainer explainer = new AccessExplainer(principal, userLimits != null && userLimits.areIdsScoped());
        AccessReason absence = AccessReason.ABSENT;
        for (Entry entry = entries.get(id); entry != null; entry = entries.successor(entry)) {
            PresenceState seen = entry.liveState(clocks.now());
            if (seen != null) {
                return explainer.explain(id, entry.current(seen, clocks), absence);
            }
            absence = AccessReason.ENDED;
        }
        return explainer.explain(id, null, absence);
    }

    /**
     * Extends the deadlines of presences by the TTLs of their last writes, for a caller that has the scope.
     *
     * @return the number of presences that are alive and that the caller can read and update
     */
    public int touchAll(Collection<String> ids, Access access) {
        requireOpen();
        return heartbeats.touchAll(ids, access);
    }

    /**
     * Reports activity of a presence, for a caller that has the scope.
     *
     * @return false if there is no live presence of that id that the caller can read
     */
    public boolean active(String id, Access access) {
        requireOpen();
        return idle.active(id, access);
    }

    /** Shows the last rung of an idle ladder that is due. False if it is shown already. Dispatcher only. */
    public boolean climb(Entry entry, long now) {
        return idle.climb(entry, now);
    }

    /** Creates the holds of a session. */
    public SessionHolds openSession(Access access) {
        requireOpen();
        return new SessionHolds(this, access);
    }

    /** Returns whether a presence is alive and remains for the grace of a closed session. */
    public boolean isInGrace(String id) {
        Entry entry = entries.find(id);
        return entry != null && entry.isAlive(clocks.now()) && entry.holding() instanceof Grace;
    }

    /** The operations of sessions. */
    HeldPresences held() {
        return held;
    }

    /** Returns whether writes are rejected. */
    boolean isClosed() {
        return closed;
    }

    /**
     * Deletes a presence, for a caller that has the scope.
     *
     * @param required the version that the presence must have, or null for any
     */
    public boolean delete(String id, @Nullable Version required, Access access) {
        requireOpen();
        return writes.delete(id, required, access);
    }

    /** The reading of the clock for one scan over the table. */
    public long now() {
        clocks.shift();
        return clocks.now();
    }

    /** A state of an entry with its current lease, as of a reading of the clock. */
    public PresenceState current(Entry entry, PresenceState seen, long now) {
        return entry.current(seen, now, clocks.knownShift());
    }

    /** A state of an entry with its current lease. */
    public PresenceState current(Entry entry, PresenceState seen) {
        return entry.current(seen, clocks);
    }

    /**
     * The state with its current lease if it is the one of its presence that was dispatched last, otherwise the state
     * itself. Dispatcher only.
     */
    public PresenceState currentIfDispatched(PresenceState seen) {
        Entry entry = find(seen.id());
        return entry != null && entry.dispatched() == seen ? entry.current(seen, clocks) : seen;
    }

    /** The times of the end of an ended entry, with its last state. */
    public EndTimes endTimes(Entry over, PresenceState last) {
        return EndTimes.of(over, last, clocks.shift());
    }

    /** The planner that selects the access path of a filter. */
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

    /** Returns whether a state is the present one of its presence, or the one dispatched last. Dispatcher only. */
    public boolean isHeld(PresenceState state) {
        Entry entry = find(state.id());
        return entry != null && (entry.state() == state || entry.dispatched() == state);
    }

    /** The newest entry of an id, or null. */
    public @Nullable Entry find(String id) {
        return entries.find(id);
    }

    /**
     * The number of the newest incarnation: an upper bound of {@link PresenceState#incarnation} of the states published
     * so far.
     */
    public long incarnations() {
        return incarnations.newest();
    }

    /** Makes later incarnations of this table have greater numbers than one of another node. */
    public void raiseIncarnations(long seen) {
        incarnations.raise(seen);
    }

    /** Returns a number that is greater than those of all incarnations that are known here. */
    public long nextEpoch() {
        return incarnations.next();
    }

    /** Starts the numbers of incarnations again, as one node of a cluster. Call before the first write. */
    public void startIncarnations(RandomGenerator random) {
        incarnations.start(random);
    }

    /**
     * The entry to dispatch for one that was taken from the dirty queue: itself, its successor, or null. Dispatcher
     * only.
     */
    public @Nullable Entry newest(Entry taken) {
        return changes.newest(taken);
    }

    /**
     * Reads what the ends of those entries will read that have expired by {@code now}, so that their cache misses
     * overlap. Changes nothing. Dispatcher only.
     */
    public void readAheadOfEnds(TimerWheel.Run<? extends Entry> next, long now) {
        readAhead.ends(next, now);
    }

    /**
     * Captures the change of an entry since its last capture. If this throws, nothing is captured. Dispatcher only.
     *
     * @param change receives the change
     */
    public void capture(Entry entry, long now, CapturedChange change) {
        changes.capture(entry, now, change);
    }

    /** Records the dispatched state of an entry and its revision, whatever is thrown. Dispatcher only. */
    public void recordDispatched(Entry entry, @Nullable PresenceState next, long revision) {
        changes.recordDispatched(entry, next, revision);
    }

    /** Removes an entry whose end has been dispatched. Idempotent. Dispatcher only. */
    public void release(Entry entry) {
        changes.release(entry);
    }

    /** The presences of other nodes. Dispatcher only. */
    public Replicas replicas() {
        return replicas;
    }

    /** Sets the receiver of captured changes. Call before the first dispatch. */
    public void captureTo(ChangeSink receiver) {
        sink = receiver;
    }

    /** Passes on a captured change, in a cluster. Dispatcher only. */
    public void captured(Entry entry, CapturedChange change, long now) {
        if (sink != null) {
            sink.captured(entry, change, now);
        }
    }

    /** Rejects writes from now on. */
    public void close() {
        closed = true;
    }

    /** Creates the error of an operation on a closed store. */
    public static PresenceException closedError() {
        return StoreErrors.storeClosed();
    }

    /** Fails if the store is closed. */
    public void requireOpen() {
        if (closed) {
            throw StoreErrors.storeClosed();
        }
    }
}
