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
     * Adds a presence. If this throws, nothing has changed.
     *
     * @param actions the actions of its writes, as a mask
     */
    void add(String id, Claim claim, PresenceState state, int actions) {
        Ownership added = new Ownership(id, self, revision, claim, state);
        append(new Put(claim, state.image(), actions));
        ownerships.add(added);
        added.revision = revision;
        list.append(added);
    }

    /**
     * Changes a presence. If this throws, nothing has changed.
     *
     * @param actions the actions since the last change, as a mask
     */
    void change(Ownership own, Claim claim, PresenceState state, int actions) {
        append(new Put(claim, state.image(), actions));
        unlink(own);
        own.claim = claim;
        own.state = state;
        own.revision = revision;
        list.append(own);
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
