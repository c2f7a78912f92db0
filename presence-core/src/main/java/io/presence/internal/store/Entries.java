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
        Content content = Content.of(upsert, access.owner(upsert.userId()));
        access.requireGrantable(upsert.permissions());
        while (true) {
            Entry entry = entries.get(content.id());
            State written = entry == null ? create(upsert, content) : replace(entry, upsert, content);
            if (written != null) {
                return written;
            }
        }
    }

    /** Puts a new entry in the map. Null if another writer was first. */
    private @Nullable State create(PresenceUpsert upsert, Content content) {
        State first = newLife(content, upsert);
        if (size.incrementAndGet() > maxPresences) {
            size.decrementAndGet();
            throw Refusals.full(maxPresences);
        }
        Entry entry = new Entry(content.id(), indexes);
        /* First in the map, then posted: an index must not show an entry that lost this race. Other writers wait. */
        synchronized (entry) {
            if (entries.putIfAbsent(content.id(), entry) != null) {
                size.decrementAndGet();
                return null;
            }
            entry.publish(first, Action.UPSERT);
        }
        dirty.offer(entry);
        return first;
    }

    /** Writes over what an entry holds. Null if the entry is no longer in the map. */
    private @Nullable State replace(Entry entry, PresenceUpsert upsert, Content content) {
        State next;
        synchronized (entry) {
            if (entry.isDetached()) {
                remove(entry);
                return null;
            }
            State old = entry.livingOrEnd(clocks.now());
            if (old != null && !old.userId().equals(content.userId())) {
                throw Refusals.taken(content.id());
            }
            next = newLife(content, upsert);
            if (old != null) {
                next = renewed(entry, old, next);
            }
            entry.publish(next, Action.UPSERT);
        }
        dirty.offer(entry);
        return next;
    }

    /**
     * Makes {@code next} go on with the life of {@code old}, or end that life if it is over after all.
     *
     * <p>The old lease is first moved to where the new one will end. This decides the race against expiry before the
     * new state is visible: nobody can find the old life dead from then on without the new one being dead too.
     */
    private State renewed(Entry entry, State old, State next) {
        if (!old.lease().extend(clocks.now(), next.lease().deadline())) {
            entry.end(old, Cause.EXPIRED);
            return next;
        }
        return next.inLifeOf(old);
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
            State old = entry.livingOrEnd(clocks.now());
            if (old == null || !access.canRead(old)) {
                throw Refusals.notFound(id);
            }
            if (!access.canUpdate(old)) {
                throw Refusals.denied("updated", id);
            }
            if (patch.isEmpty()) {
                return old.current();
            }
            next = patched(entry, old, patch);
            entry.publish(next, Action.UPDATE);
        }
        dirty.offer(entry);
        return next;
    }

    private State patched(Entry entry, State old, PresencePatch patch) {
        Content content = old.content().with(patch);
        long wallMillis = clocks.wallMillis();
        if (patch.expiresIn() == null && patch.expiresAt() == null) {
            return old.rewritten(content, wallMillis);
        }
        State next = newState(content, lifetimes.resolve(patch.expiresIn(), patch.expiresAt(), wallMillis), wallMillis);
        if (!old.lease().extend(clocks.now(), next.lease().deadline())) {
            entry.end(old, Cause.EXPIRED);
            dirty.offer(entry);
            throw Refusals.notFound(old.id());
        }
        return next.inLifeOf(old);
    }

    private State newLife(Content content, PresenceUpsert upsert) {
        long wallMillis = clocks.wallMillis();
        return newState(content, lifetimes.resolve(upsert.expiresIn(), upsert.expiresAt(), wallMillis), wallMillis);
    }

    private State newState(Content content, Lifetime lifetime, long wallMillis) {
        Lease lease = new Lease(clocks.now() + lifetime.ttlNanos(), lifetime.ttlNanos());
        return State.born(content, lease, incarnations.incrementAndGet(), wallMillis, lifetime.expiresAtMillis());
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
            entry.end(old, deleted ? Cause.DELETED : Cause.EXPIRED);
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
