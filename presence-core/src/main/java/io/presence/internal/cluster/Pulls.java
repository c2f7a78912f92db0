package io.presence.internal.cluster;

import java.util.random.RandomGenerator;

/**
 * The requests for snapshots of nodes whose copies are behind: not before a change that was overtaken can arrive, and
 * at a limited rate.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Pulls {

    private static final long PATIENCE = 50_000_000;
    private static final long MIN_INTERVAL = 400_000_000;
    private static final int JITTER = 100_000_000;
    /* A snapshot of which nothing arrives for this time is asked for again. */
    private static final long SILENCE = 1_000_000_000;

    private final int space;
    private final NodeId self;
    private final Outbox outbox;
    private final RandomGenerator random;
    private long count;

    Pulls(int space, NodeId self, Outbox outbox, RandomGenerator random) {
        this.space = space;
        this.self = self;
        this.outbox = outbox;
        this.random = random;
    }

    long count() {
        return count;
    }

    /** Asks a node for a snapshot if it is time to. Returns the number of requests. */
    int advance(Peer peer, long now, boolean hasRoom) {
        if (peer.copy.isPartial() && hasRoom) {
            peer.copy.fill();
        }
        if (!isBehind(peer)) {
            peer.behindSince = Peer.NEVER;
            return 0;
        }
        if (peer.behindSince == Peer.NEVER) {
            peer.behindSince = now;
        }
        if (now < dueAt(peer, now)) {
            return 0;
        }
        long nonce = random.nextLong();
        peer.copy.startPull(nonce, now);
        peer.nextPullAt = now + MIN_INTERVAL + random.nextInt(JITTER);
        count++;
        Frame.Pull pull = new Frame.Pull(space, self, peer.node(), nonce, Math.max(0, peer.copy.revision()));
        outbox.send(peer.member, FrameWriter.write(pull));
        return 1;
    }

    private static boolean isBehind(Peer peer) {
        return !peer.isEvicted && !peer.isHeld() && peer.copy.isBehind();
    }

    private static long dueAt(Peer peer, long now) {
        long due = Math.max(peer.behindSince + PATIENCE, peer.nextPullAt);
        return peer.copy.isArriving(now - SILENCE) ? Math.max(due, now + MIN_INTERVAL) : due;
    }

    /** Returns the nanoseconds until a node is asked, or {@link Long#MAX_VALUE}. */
    long idleNanos(Peer peer, long now) {
        if (!isBehind(peer)) {
            return Long.MAX_VALUE;
        }
        return peer.behindSince == Peer.NEVER ? 0 : Math.max(0, dueAt(peer, now) - now);
    }
}
