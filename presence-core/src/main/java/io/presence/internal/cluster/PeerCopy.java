package io.presence.internal.cluster;

import io.presence.PresenceEvent.Cause;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The copy of the presences of one other node. It is what that node had at a revision, as long as the changes arrive
 * without a gap. After a gap, a snapshot brings it up to date while it stays visible.
 *
 * <p><b>Snapshots.</b> A snapshot of revision s has the presences that did not change between s and the time at which
 * they were sent. The changes after s complete it. Each presence keeps the revision of its last change, so neither goes
 * back. Presences that the complete snapshot did not confirm have ended.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class PeerCopy {

    /** The revision of a copy that has had no snapshot. */
    static final long UNKNOWN = -1;

    private static final int MAX_EARLY = 256;

    final NodeId node;

    private final CopyChanges changes;
    private final OwnershipList list = new OwnershipList();
    private final TreeMap<Long, Frame.Delta> early = new TreeMap<>();
    /* A node that was evicted returns with a snapshot of this revision at least. */
    private final long floor;
    private long revision = UNKNOWN;
    /* The greatest revision of a digest. */
    private long known;
    private int generation;
    private @Nullable Incoming incoming;
    private boolean isDifferent;
    private boolean isPartial;
    private boolean isStale;

    /* The snapshot that was asked for. Its position is unknown until the first chunk has arrived. */
    private static final class Incoming {
        private final long nonce;
        private final BitSet parts = new BitSet();
        /* So that a chunk that arrives late does not bring back what has ended since. */
        private final Set<String> ended = new HashSet<>();
        private long snapshot = UNKNOWN;
        private long position = UNKNOWN;
        private int last = -1;
        private long heardAt;

        Incoming(long nonce, long now) {
            this.nonce = nonce;
            this.heardAt = now;
        }

        boolean isStarted() {
            return snapshot != UNKNOWN;
        }

        boolean isComplete() {
            return last >= 0 && parts.cardinality() == last + 1;
        }
    }

    /**
     * Creates an empty copy.
     *
     * @param floor the revision at which the node was evicted, or {@link #UNKNOWN}
     */
    PeerCopy(NodeId node, long floor, CopyChanges changes) {
        this.node = node;
        this.floor = floor;
        this.changes = changes;
    }

    OwnershipList list() {
        return list;
    }

    long revision() {
        return revision;
    }

    /** The revision before which the node does not return, once it is evicted. */
    long floor() {
        return Math.max(floor, Math.max(revision, position()));
    }

    int generation() {
        return generation;
    }

    boolean isPartial() {
        return isPartial;
    }

    /** Notes that a presence was left out. */
    void setPartial() {
        isPartial = true;
    }

    /** Asks for a snapshot, since there may be room for what was left out. */
    void fill() {
        isPartial = false;
        isDifferent = true;
    }

    /** Returns whether the copy may not be what the node has. */
    boolean isBehind() {
        return revision == UNKNOWN || position() < known || !early.isEmpty() || isDifferent || incoming != null;
    }

    /** Returns whether presences are left that the last snapshot has not confirmed. */
    boolean isStale() {
        return isStale;
    }

    /** Returns whether a snapshot was asked for, and parts of it have arrived since a time. */
    boolean isArriving(long since) {
        return incoming != null && incoming.heardAt > since;
    }

    private long position() {
        return incoming != null && incoming.isStarted() ? incoming.position : revision;
    }

    /** Notes the request for a snapshot. A former one is given up. */
    void startPull(long nonce, long now) {
        incoming = new Incoming(nonce, now);
        isDifferent = false;
    }

    void receive(Frame.Digest digest) {
        known = Math.max(known, digest.revision());
        if (revision == UNKNOWN && floor == UNKNOWN && digest.revision() == 0) {
            revision = 0;
        }
        boolean isComparable = incoming == null && !isStale && !isPartial && revision == digest.revision();
        if (isComparable && (list.size() != digest.size() || list.hash() != digest.hash())) {
            isDifferent = true;
        }
    }

    void receive(Frame.Delta delta) {
        if (!apply(delta)) {
            early.put(delta.fromRevision(), delta);
            if (early.size() > MAX_EARLY) {
                early.pollLastEntry();
            }
            return;
        }
        applyEarly();
    }

    private void applyEarly() {
        while (!early.isEmpty() && apply(early.firstEntry().getValue())) {
            early.pollFirstEntry();
        }
    }

    /* False if it comes too early. What was applied before is left out. */
    private boolean apply(Frame.Delta delta) {
        long from = delta.fromRevision();
        if (position() == UNKNOWN) {
            if (from != 0 || floor != UNKNOWN) {
                return false;
            }
            revision = 0;
        }
        if (from > position()) {
            return false;
        }
        int first = (int) Math.min(position() - from, delta.operations().size());
        for (int i = first; i < delta.operations().size(); i++) {
            apply(delta.operations().get(i), from + 1 + i);
            moveTo(from + 1 + i);
        }
        return true;
    }

    private void moveTo(long position) {
        if (incoming != null && incoming.isStarted()) {
            incoming.position = position;
        } else {
            revision = position;
        }
    }

    private void apply(Operation operation, long at) {
        if (operation instanceof Put put) {
            changes.put(this, at, put);
        } else if (operation instanceof End end && end.claim() != null) {
            changes.requested(end);
        } else if (operation instanceof End end) {
            if (incoming != null) {
                incoming.ended.add(end.id());
            }
            changes.end(this, at, end);
        }
    }

    /** Adds a chunk of the snapshot that was asked for. Others are ignored. */
    void receive(Frame.Chunk chunk, long now) {
        Incoming snapshot = incoming;
        if (snapshot == null || chunk.nonce() != snapshot.nonce || !start(snapshot, chunk)) {
            return;
        }
        snapshot.heardAt = now;
        if (!snapshot.parts.get(chunk.part())) {
            for (Copy copy : chunk.copies()) {
                confirm(copy, snapshot);
            }
            snapshot.parts.set(chunk.part());
        }
        if (chunk.isLast()) {
            snapshot.last = chunk.part();
        }
        applyEarly();
        if (snapshot.isComplete()) {
            revision = snapshot.position;
            incoming = null;
            isStale = true;
        }
    }

    private boolean start(Incoming snapshot, Frame.Chunk chunk) {
        if (!snapshot.isStarted()) {
            if (chunk.revision() < floor || chunk.revision() < revision) {
                return false;
            }
            snapshot.snapshot = chunk.revision();
            snapshot.position = chunk.revision();
            generation++;
        }
        return chunk.revision() == snapshot.snapshot;
    }

    private void confirm(Copy copy, Incoming snapshot) {
        String id = copy.put().state().id();
        Ownership there = changes.find(this, id);
        if (there != null && there.revision >= copy.revision()) {
            list.remove(there);
            there.generation = generation;
            list.append(there);
        } else if (there != null || !snapshot.ended.contains(id)) {
            changes.put(this, copy.revision(), copy.put());
        }
    }

    /**
     * Removes presences that the last snapshot has not confirmed. They are before all others in the list.
     *
     * @return the number of removed ones, at most {@code max}
     */
    int removeStale(int max) {
        int removed = 0;
        Ownership first = list.first();
        while (isStale && removed < max && first != null && first.generation != generation) {
            changes.remove(this, first, Cause.DELETED);
            removed++;
            first = list.first();
        }
        if (first == null || first.generation == generation) {
            isStale = false;
        }
        return removed;
    }

    /**
     * Removes presences of a node that is gone.
     *
     * @return the number of removed ones, at most {@code max}
     */
    int removeAll(int max, Cause cause) {
        int removed = 0;
        Ownership first;
        while (removed < max && (first = list.first()) != null) {
            changes.remove(this, first, cause);
            removed++;
        }
        return removed;
    }
}
