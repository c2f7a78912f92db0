package io.presence.internal.store;

import static io.presence.PresenceException.Code.DENIED;
import static io.presence.PresenceException.Code.ID_UNAVAILABLE;
import static io.presence.PresenceException.Code.NOT_FOUND;
import static io.presence.PresenceException.Code.STORE_CLOSED;
import static io.presence.PresenceException.Code.STORE_FULL;

import io.presence.Presence;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.internal.store.Lifetimes.Lifetime;
import java.time.Duration;
import java.util.Collection;
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
    private volatile boolean closed;

    /**
     * Makes an empty store.
     *
     * @param clocks on which lifetimes run
     * @param lifetimes the limits of lifetimes
     * @param dirty takes the entries that writes have changed
     * @param maxPresences how many entries there may be, tombstones included
     */
    public Entries(Clocks clocks, Lifetimes lifetimes, DirtyQueue dirty, int maxPresences) {
        this.clocks = clocks;
        this.lifetimes = lifetimes;
        this.dirty = dirty;
        this.maxPresences = maxPresences;
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
            throw new PresenceException(STORE_FULL, "presences must be at most " + maxPresences + ": " + maxPresences);
        }
        Entry entry = new Entry(first);
        if (entries.putIfAbsent(content.id(), entry) != null) {
            size.decrementAndGet();
            return null;
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
                throw new PresenceException(ID_UNAVAILABLE, "presenceId must not be taken: " + content.id());
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
            throw notFound(id);
        }
        State next;
        synchronized (entry) {
            State old = entry.livingOrEnd(clocks.now());
            if (old == null || !access.canRead(old)) {
                throw notFound(id);
            }
            if (!access.canUpdate(old)) {
                throw denied("updated", id);
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
            throw notFound(old.id());
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
                    throw denied("touched", id);
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
                throw denied("deleted", id);
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

    /** All entries, weakly consistent. An entry that was there throughout the pass is met. */
    public Collection<Entry> all() {
        return entries.values();
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
            throw new PresenceException(STORE_CLOSED, "store must be open: closed");
        }
    }

    private void remove(Entry detached) {
        if (entries.remove(detached.id(), detached)) {
            size.decrementAndGet();
        }
    }

    private static PresenceException notFound(String id) {
        return new PresenceException(NOT_FOUND, "presence must exist and be readable: " + excerpt(id));
    }

    private static PresenceException denied(String deed, String id) {
        return new PresenceException(DENIED, "presence must permit to be " + deed + ": " + id);
    }

    private static String excerpt(String id) {
        return id.length() <= 64 ? id : id.substring(0, 64) + "...";
    }
}
