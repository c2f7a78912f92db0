package io.presence.internal.store;

import io.presence.Presence;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.internal.index.Planner;
import io.presence.internal.index.SecondaryIndexes;
import io.presence.internal.store.Lifetimes.Lifetime;
import io.presence.query.AttributePath;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All presences by id, and the writes to them.
 *
 * <p>A write judges the caller and the present state, and publishes the new one, under the monitor of that one entry;
 * then it marks the entry dirty for the dispatcher. Tombstones that the dispatcher has yet to tell count against the
 * maximum, which bounds the dirty queue too.
 *
 * <p><b>Cost.</b> One look-up in a hash map and, for writes, one uncontended monitor. {@link #touch} and {@link #get}
 * take no lock; touch allocates nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread, except where a member says dispatcher.
 */
public final class Entries {

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong incarnations = new AtomicLong();
    private final Clocks clocks;
    private final Lifetimes lifetimes;
    private final DirtyQueue dirty;
    private final int maxPresences;
    private final SecondaryIndexes<Entry> indexes;
    private final Planner<Entry> planner;
    private volatile boolean closed;

    /**
     * Makes an empty store.
     *
     * @param clocks on which lifetimes run
     * @param lifetimes the limits of lifetimes
     * @param dirty takes the entries that writes have changed
     * @param maxPresences how many entries there may be, tombstones included
     * @param indexed the attributes to find entries by, other than their id
     */
    public Entries(
            Clocks clocks, Lifetimes lifetimes, DirtyQueue dirty, int maxPresences, List<AttributePath> indexed) {
        this.clocks = clocks;
        this.lifetimes = lifetimes;
        this.dirty = dirty;
        this.maxPresences = maxPresences;
        this.indexes = new SecondaryIndexes<>(indexed);
        this.planner = new Planner<>(entries, indexes);
    }

    /** Creates or replaces a presence, for a caller that has the scope. */
    public Presence upsert(PresenceUpsert upsert, Access access) {
        requireOpen();
        String owner = access.owner(upsert.userId());
        access.requireGrantable(upsert.permissions());
        while (true) {
            Entry entry = entries.get(upsert.presenceId());
            State written = entry == null ? create(upsert, owner) : replace(entry, upsert, owner);
            if (written != null) {
                return written;
            }
        }
    }

    /** Puts a new entry in the map. Null if another writer was first. */
    private @Nullable State create(PresenceUpsert upsert, String owner) {
        Lifetime lifetime = lifetime(upsert);
        State first = newLife(Content.of(upsert, owner), lifetime, clocks.now());
        if (size.incrementAndGet() > maxPresences) {
            size.decrementAndGet();
            throw Refusals.full(maxPresences);
        }
        Entry entry = new Entry(first.id());
        /* First in the map, then posted: an index must not show an entry that lost this race. Other writers wait. */
        synchronized (entry) {
            if (entries.putIfAbsent(first.id(), entry) != null) {
                size.decrementAndGet();
                return null;
            }
            entry.publish(first, Action.UPSERT, indexes);
        }
        dirty.offer(entry);
        return first;
    }

    /** Writes over what an entry holds. Null if the entry is no longer in the map. */
    private @Nullable State replace(Entry entry, PresenceUpsert upsert, String owner) {
        State next;
        synchronized (entry) {
            if (entry.isDetached()) {
                remove(entry);
                return null;
            }
            Lifetime lifetime = lifetime(upsert);
            long now = clocks.now();
            State old = entry.livingOrEnd(now, indexes);
            if (old != null && !old.userId().equals(owner)) {
                throw Refusals.taken(entry.id());
            }
            next = old == null
                    ? newLife(Content.of(upsert, owner), lifetime, now)
                    : renewed(entry, old, upsert, lifetime, now);
            entry.publish(next, Action.UPSERT, indexes);
        }
        dirty.offer(entry);
        return next;
    }

    /** The next state of a life that is replaced; or the first of another, if that life is over after all. */
    private State renewed(Entry entry, State old, PresenceUpsert upsert, Lifetime lifetime, long now) {
        /* The owner as it is: of what is equal, one is kept. */
        Content content = Content.of(upsert, old.userId());
        Lease lease = old.lease().renewed(now, lifetime.ttlNanos());
        if (lease == null) {
            entry.end(old, Cause.EXPIRED, indexes);
            return newLife(content, lifetime, now);
        }
        return old.replaced(content, lease, lifetime, now);
    }

    private State newLife(Content content, Lifetime lifetime, long now) {
        return State.born(content, incarnations.incrementAndGet(), lifetime, now);
    }

    private Lifetime lifetime(PresenceUpsert upsert) {
        return lifetimes.resolve(upsert.expiresIn(), upsert.expiresAt(), clocks.wallMillis());
    }

    /** Changes some fields of a presence, for a caller that has the scope. */
    public Presence update(String id, PresencePatch patch, Access access) {
        requireOpen();
        access.requireGrantable(patch.permissions());
        Entry entry = entries.get(id);
        if (entry == null) {
            throw Refusals.notFound(id);
        }
        State next;
        synchronized (entry) {
            long wallMillis = clocks.wallMillis();
            long now = clocks.now();
            State old = entry.livingOrEnd(now, indexes);
            if (old == null || !access.canRead(old)) {
                throw Refusals.notFound(id);
            }
            if (!access.canUpdate(old)) {
                throw Refusals.denied("updated", id);
            }
            if (patch.isEmpty()) {
                return old.current();
            }
            next = patched(entry, old, patch, wallMillis, now);
            entry.publish(next, Action.UPDATE, indexes);
        }
        dirty.offer(entry);
        return next;
    }

    private State patched(Entry entry, State old, PresencePatch patch, long wallMillis, long now) {
        Content content = old.content().with(patch);
        if (patch.expiresIn() == null && patch.expiresAt() == null) {
            return old.rewritten(content, wallMillis);
        }
        Lifetime lifetime = lifetimes.resolve(patch.expiresIn(), patch.expiresAt(), wallMillis);
        Lease lease = old.lease().renewed(now, lifetime.ttlNanos());
        if (lease == null) {
            entry.end(old, Cause.EXPIRED, indexes);
            dirty.offer(entry);
            throw Refusals.notFound(old.id());
        }
        return old.replaced(content, lease, lifetime, now);
    }

    /** Extends a life to {@code ttl} from now, or by what its last write gave it, for a caller that has the scope. */
    public boolean touch(String id, @Nullable Duration ttl, Access access) {
        return touch(id, ttl == null ? 0 : lifetimes.ttl("ttl", ttl), access);
    }

    /* Hot path: no lock, no allocation. A ttl of 0 stands for that of the lease. */
    private boolean touch(String id, long ttl, Access access) {
        requireOpen();
        Entry entry = entries.get(id);
        if (entry == null) {
            return false;
        }
        while (true) {
            State seen = entry.state();
            if (seen == null || !access.canRead(seen)) {
                return false;
            }
            Lease lease = seen.lease();
            long now = clocks.now();
            boolean allowed = access.canUpdate(seen);
            long target = now + (ttl == 0 ? lease.ttl() : ttl);
            if (allowed ? lease.extend(now, target) : lease.isAlive(now)) {
                if (!allowed) {
                    throw Refusals.denied("touched", id);
                }
                return true;
            }
            /* Dead for good, unless a writer has meanwhile put a new life or lease in its place. */
            if (entry.state() == seen) {
                return false;
            }
        }
    }

    /** Returns a presence, for a caller that has the scope. */
    public @Nullable Presence get(String id, Access access) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return null;
        }
        State seen = entry.live(clocks.now());
        return seen == null || !access.canRead(seen) ? null : seen.current();
    }

    /** Ends a life, for a caller that has the scope. */
    public boolean delete(String id, Access access) {
        requireOpen();
        Entry entry = entries.get(id);
        if (entry == null) {
            return false;
        }
        boolean deleted;
        synchronized (entry) {
            State old = entry.state();
            if (old == null || !access.canRead(old)) {
                return false;
            }
            long now = clocks.now();
            if (!access.canDelete(old) && old.lease().isAlive(now)) {
                throw Refusals.denied("deleted", id);
            }
            deleted = old.lease().kill(now);
            entry.end(old, deleted ? Cause.DELETED : Cause.EXPIRED, indexes);
        }
        dirty.offer(entry);
        return deleted;
    }

    /** The reading of the clock that one pass over the store goes by. */
    public long now() {
        return clocks.now();
    }

    /** The ways to come by entries, of which each filter has a shortest. */
    public Planner<Entry> planner() {
        return planner;
    }

    /** The number of entries, tombstones included. */
    public int size() {
        return size.get();
    }

    /** The number of postings in the secondary indexes. */
    public long postings() {
        return indexes.size();
    }

    /** The entry of an id, or null. */
    public @Nullable Entry find(String id) {
        return entries.get(id);
    }

    /** Takes what happened to an entry since the last time. Dispatcher only. */
    public Capture capture(Entry entry, long now) {
        return entry.capture(now, indexes);
    }

    /** Notes what subscriptions have been told of an entry, and at which revision. Dispatcher only. */
    public void dispatched(Entry entry, @Nullable State told, long revision) {
        entry.dispatched(told, revision, indexes);
    }

    /** Removes an entry that holds no life and nothing to tell, if that is still so. Dispatcher only. */
    public void release(Entry entry) {
        if (entry.detach()) {
            remove(entry);
        }
    }

    /** Refuses writes from now on. */
    public void close() {
        closed = true;
    }

    /** Fails once the store is closed. */
    public void requireOpen() {
        if (closed) {
            throw Refusals.closed();
        }
    }

    private void remove(Entry detached) {
        if (entries.remove(detached.id(), detached)) {
            size.decrementAndGet();
        }
    }
}
