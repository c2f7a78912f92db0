package io.presence.internal.cluster;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The snapshot that a copy has asked for. Its position is unknown until the first chunk has arrived.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Incoming {

    final long nonce;

    /** The parts that have arrived. */
    final BitSet parts = new BitSet();

    /** The revisions of the ends since, by id, so that a chunk that arrives late does not bring a presence back. */
    final Map<String, Long> ended = new HashMap<>();

    /** The revision of the snapshot. */
    long snapshot = PeerCopy.UNKNOWN;

    /** The revision of the last change that was applied to it. */
    long position = PeerCopy.UNKNOWN;

    /** The number of the last part, or -1 if it has not arrived. */
    int last = -1;

    /** The time of the last chunk, or of the request. */
    long heardAt;

    private final long asked;

    /**
     * Creates the snapshot at its request.
     *
     * @param asked the revision of the copy
     */
    Incoming(long nonce, long asked, long now) {
        this.nonce = nonce;
        this.asked = asked;
        this.heardAt = now;
    }

    boolean isStarted() {
        return snapshot != PeerCopy.UNKNOWN;
    }

    boolean isComplete() {
        return last >= 0 && parts.cardinality() == last + 1;
    }

    /** Returns whether a presence has ended since, and after a revision. */
    boolean hasEnded(String id, long since) {
        return ended.getOrDefault(id, PeerCopy.UNKNOWN) > since;
    }

    /** Returns whether a revision is before that of the copy at the request. */
    boolean isBeforeRequest(long revision) {
        return revision < asked;
    }
}
