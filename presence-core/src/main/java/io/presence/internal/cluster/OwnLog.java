package io.presence.internal.cluster;

import io.presence.internal.store.PresenceState;
import org.jspecify.annotations.Nullable;

/**
 * The presences that this node owns, in the order of their last changes, and the changes that are not sent yet. Each
 * change has a revision, without a gap.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class OwnLog {

    private final NodeId self;
    private final Ownerships ownerships;
    private final Outbox outbox;
    private final DeltaBuilder delta;
    private final OwnershipList list = new OwnershipList();
    private final Snapshots snapshots;
    private long revision;

    OwnLog(int space, NodeId self, Ownerships ownerships, Outbox outbox, int maxFrameBytes) {
        this.self = self;
        this.ownerships = ownerships;
        this.outbox = outbox;
        this.delta = new DeltaBuilder(space, self, 0, maxFrameBytes);
        this.snapshots = new Snapshots(space, self, outbox, maxFrameBytes);
    }

    @Nullable Ownership find(String id) {
        return ownerships.find(id, self);
    }

    /**
     * Adds a presence, or changes one. If this throws, nothing has changed.
     *
     * @param actions the actions since the last change, as a mask
     */
    void put(String id, Claim claim, PresenceState state, int actions) {
        Ownership own = find(id);
        boolean isNew = own == null;
        Ownership changed = own == null ? new Ownership(id, self, revision, claim, state) : own;
        append(new Put(claim, state.image(), actions));
        if (isNew) {
            ownerships.add(changed);
        } else {
            unlink(changed);
        }
        changed.claim = claim;
        changed.state = state;
        changed.revision = revision;
        list.append(changed);
    }

    /** Removes a presence. */
    void end(Ownership own, End end) {
        append(end);
        unlink(own);
        ownerships.remove(own);
    }

    /** Adds a change that is about no own presence. */
    void append(Operation operation) {
        if (!delta.add(operation)) {
            flush();
            delta.add(operation);
        }
        revision++;
    }

    private void unlink(Ownership own) {
        snapshots.skip(own);
        list.remove(own);
    }

    /** Sends the changes that are not sent yet. */
    void flush() {
        if (!delta.isEmpty()) {
            outbox.broadcast(delta.finish());
        }
    }

    /** Starts to send all presences to a member. */
    void startSnapshot(String member, long nonce) {
        flush();
        snapshots.start(member, nonce, revision, list.first());
    }

    Snapshots snapshots() {
        return snapshots;
    }

    long revision() {
        return revision;
    }

    long size() {
        return list.size();
    }

    long hash() {
        return list.hash();
    }
}
