package io.presence.internal.cluster;

import io.presence.PresenceEvent.Cause;
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
 * <p><b>False revisions.</b> A frame of another revision than the node has can move the copy ahead of its node, or make
 * it wait for changes that never come. A snapshot answers one request, so its revision is not before any that the node
 * had sent by then. A snapshot before the revision of the copy thus proves that revision false, and replaces it.
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
    private final DigestRevisions digests = new DigestRevisions();
    /* A node that was evicted returns with a snapshot only. */
    private final boolean isReturning;
    private long revision = UNKNOWN;
    private int generation;
    private @Nullable Incoming incoming;
    private boolean isDifferent;
    private boolean isPartial;
    private boolean isStale;

    /**
     * Creates an empty copy.
     *
     * @param isReturning whether the node was evicted, so that frames of the time before can still arrive
     */
    PeerCopy(NodeId node, boolean isReturning, CopyChanges changes) {
        this.node = node;
        this.isReturning = isReturning;
        this.changes = changes;
    }

    OwnershipList list() {
        return list;
    }

    long revision() {
        return revision;
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
        return revision == UNKNOWN
                || digests.isApartFrom(position())
                || !early.isEmpty()
                || isDifferent
                || incoming != null;
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

    /**
     * Notes the request for a snapshot. A former one is given up. What frames have said of later revisions is
     * forgotten: the snapshot has it if it is true.
     */
    void startPull(long nonce, long now) {
        incoming = new Incoming(nonce, revision, now);
        isDifferent = false;
        early.clear();
        digests.forget();
    }

    void receive(Frame.Digest digest) {
        if (revision == UNKNOWN && !isReturning && digest.revision() == 0) {
            revision = 0;
        }
        digests.note(digest.revision(), incoming == null ? revision : UNKNOWN);
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
            if (from != 0 || isReturning) {
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
        } else if (operation instanceof End end) {
            end(end, at);
        }
    }

    private void end(End end, long at) {
        Claim claim = end.claim();
        if (claim != null) {
            changes.requested(end, claim);
            return;
        }
        if (incoming != null) {
            incoming.ended.put(end.id(), at);
        }
        changes.end(this, at, end);
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
            if (chunk.revision() < revision && !snapshot.isBeforeRequest(chunk.revision())) {
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
        if (there != null && isConfirmed(there, copy)) {
            list.remove(there);
            there.generation = generation;
            list.append(there);
        } else if (there != null || !snapshot.hasEnded(id, copy.revision())) {
            changes.put(this, copy.revision(), copy.put());
        }
    }

    /* A later revision is true only of a change that has arrived since the snapshot started. */
    private boolean isConfirmed(Ownership there, Copy copy) {
        return there.revision == copy.revision()
                || (there.revision > copy.revision() && there.generation == generation);
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
