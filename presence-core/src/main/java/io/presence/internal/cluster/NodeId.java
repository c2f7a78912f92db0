package io.presence.internal.cluster;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The identity of one store on one node, of 128 bits. A store that is built again has a new one.
 *
 * @param high the upper half
 * @param low the lower half
 */
record NodeId(long high, long low) implements Comparable<NodeId> {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of();

    /** Returns an identity that no other store has. */
    static NodeId random() {
        return new NodeId(RANDOM.nextLong(), RANDOM.nextLong());
    }

    /** Compares the two identities as unsigned numbers. */
    @Override
    public int compareTo(NodeId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order == 0 ? Long.compareUnsigned(low, other.low) : order;
    }

    /** Returns 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }
}
