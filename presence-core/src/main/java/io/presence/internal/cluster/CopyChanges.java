package io.presence.internal.cluster;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.StableQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The changes that other nodes make to the presences that they own: to the ownerships, and then to what is visible.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class CopyChanges {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MAX_LEAD = 1L << 42;

    private final PresenceTable table;
    private final Ownerships ownerships;
    private final Reconciler reconciler;
    private final Clocks clocks;
    private final int maxReplicas;
    private final long leaseNanos;
    /* Those that were handed over, in the order of their deadlines. */
    private final Queue<Due> handedOver = new StableQueue<>(16);
    /* The copies of nodes that have left, and whose presences stay for a while. */
    private final Map<NodeId, PeerCopy> left = new HashMap<>();
    private int replicas;

    private record Due(Ownership ownership, long at) {}

    /**
     * Creates the changes of a store.
     *
     * @param maxReplicas the maximum number of ownerships of other nodes
     * @param leaseNanos the time for which a handed-over presence waits for its next owner
     */
    CopyChanges(
            PresenceTable table,
            Ownerships ownerships,
            Reconciler reconciler,
            Clocks clocks,
            int maxReplicas,
            long leaseNanos) {
        this.table = table;
        this.ownerships = ownerships;
        this.reconciler = reconciler;
        this.clocks = clocks;
        this.maxReplicas = maxReplicas;
        this.leaseNanos = leaseNanos;
    }

    /** Returns whether at least a tenth of the maximum of copies is free. */
    boolean hasRoom() {
        return replicas < maxReplicas - maxReplicas / 10;
    }

    /** The ownership of a presence by a node; null if there is none, or it was handed over. */
    @Nullable Ownership find(PeerCopy copy, String id) {
        Ownership found = ownerships.find(id, copy.node);
        return found == null || found.isHandedOver ? null : found;
    }

    void put(PeerCopy copy, long revision, Put put) {
        String id = put.state().id();
        raise(put.claim().epoch());
        raise(put.claim().createdEpoch());
        raise(put.state().incarnation());
        Ownership there = find(copy, id);
        if (there == null && replicas >= maxReplicas) {
            copy.setPartial();
            return;
        }
        PresenceState state = PresenceState.remote(put.state(), clocks.now());
        dropHandedOver(id);
        dropLeft(copy, id, state.userId());
        if (there == null) {
            there = new Ownership(id, copy.node, revision, put.claim(), state);
            ownerships.add(there);
            replicas++;
        } else {
            copy.list().remove(there);
        }
        there.claim = put.claim();
        there.state = state;
        there.revision = revision;
        there.generation = copy.generation();
        copy.list().append(there);
        reconciler.resolve(id, action(put.actions()));
    }

    /* A number far ahead of all others is that of a faulty node, and would use up the numbers of all. */
    private void raise(long number) {
        if (number - table.incarnations() > MAX_LEAD) {
            throw new FrameException(
                    "epoch must be near those of other nodes, " + table.incarnations() + ": " + number);
        }
        table.raiseIncarnations(number);
    }

    private static Action action(int actions) {
        return (actions & ActionSet.mask(Action.UPSERT)) != 0 ? Action.UPSERT : Action.UPDATE;
    }

    void end(PeerCopy copy, long revision, End end) {
        Ownership there = find(copy, end.id());
        if (there == null || there.revision > revision) {
            return;
        }
        if (end.cause() == Cause.REPLACED && ownerships.isAlone(there)) {
            /* The node that has taken it over has not been heard yet. */
            copy.list().remove(there);
            there.isHandedOver = true;
            handedOver.add(new Due(there, clocks.now() + leaseNanos));
            return;
        }
        remove(copy, there);
        reconciler.ended(
                end.id(), end.cause(), end.endedAgoMillis() * NANOS_PER_MILLI, end.sinceMillis() * NANOS_PER_MILLI);
    }

    private void remove(PeerCopy copy, Ownership there) {
        copy.list().remove(there);
        ownerships.remove(there);
        replicas--;
    }

    /** Removes a presence whose end was not heard. */
    void remove(PeerCopy copy, Ownership there, Cause cause) {
        if (cause == Cause.NODE_LOST) {
            reconciler.requests().keep(there, clocks.now());
        }
        remove(copy, there);
        reconciler.ended(there.id, cause);
    }

    /** Ends an own presence, for a node that has written it later. */
    void requested(End end, Claim claim) {
        raise(claim.epoch());
        reconciler.requested(end, claim);
    }

    private void dropHandedOver(String id) {
        if (handedOver.isEmpty()) {
            return;
        }
        Ownership each = ownerships.first(id);
        while (each != null) {
            Ownership next = each.nextOfId;
            if (each.isHandedOver) {
                drop(each);
            }
            each = next;
        }
    }

    /** Lets each presence of a node that has left give way to the first one that another node writes. */
    void left(PeerCopy copy) {
        left.put(copy.node, copy);
    }

    void forget(NodeId node) {
        left.remove(node);
    }

    /* A new node does not know what was handed over, so its epoch can be before that of the node that has left. */
    private void dropLeft(PeerCopy putting, String id, String userId) {
        if (left.isEmpty()) {
            return;
        }
        Ownership each = ownerships.first(id);
        while (each != null) {
            Ownership next = each.nextOfId;
            PeerCopy copy = left.get(each.owner);
            if (copy != null
                    && copy != putting
                    && !each.isHandedOver
                    && each.userId().equals(userId)) {
                remove(copy, each);
            }
            each = next;
        }
    }

    private void drop(Ownership over) {
        ownerships.remove(over);
        over.isHandedOver = false;
        replicas--;
    }

    /** Ends the presences whose next owner was not heard in time, and returns their number. */
    int dropOverdue(long now, int max) {
        int dropped = 0;
        Due first;
        while (dropped < max && (first = handedOver.peek()) != null && isDone(first, now)) {
            handedOver.remove();
            if (first.ownership().isHandedOver) {
                drop(first.ownership());
                reconciler.ended(first.ownership().id, Cause.NODE_LOST);
            }
            dropped++;
        }
        return dropped;
    }

    private static boolean isDone(Due due, long now) {
        return due.at() <= now || !due.ownership().isHandedOver;
    }

    /** Returns the nanoseconds until the first handed-over presence is overdue, or {@link Long#MAX_VALUE}. */
    long idleNanos(long now) {
        Due first = handedOver.peek();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.at() - now);
    }
}
