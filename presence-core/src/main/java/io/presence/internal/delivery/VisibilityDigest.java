package io.presence.internal.delivery;

import io.presence.internal.store.Access;

/** A digest of the presences that a subscription sees, as one principal: of channel, rights and query. Immutable. */
public final class VisibilityDigest {

    private final Access access;
    private final byte[] digest;

    /**
     * Makes a digest.
     *
     * @param access the principal
     * @param digest kept, so not to be changed any more
     */
    public VisibilityDigest(Access access, byte[] digest) {
        this.access = access;
        this.digest = digest;
    }

    /** The principal. */
    public Access access() {
        return access;
    }

    /** The bytes, which are not to be changed. */
    public byte[] digest() {
        return digest;
    }
}
