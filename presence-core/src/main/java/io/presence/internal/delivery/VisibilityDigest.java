package io.presence.internal.delivery;

import io.presence.internal.store.Access;

/** The digest of a condition of visibility: channel, readable presences of one principal, and filter. Immutable. */
final class VisibilityDigest {

    private final Access access;
    private final byte[] digest;

    /**
     * Creates a digest.
     *
     * @param access the access of the principal
     * @param digest the bytes, not copied; the caller must not change them
     */
    VisibilityDigest(Access access, byte[] digest) {
        this.access = access;
        this.digest = digest;
    }

    /** Returns the access of the principal. */
    Access access() {
        return access;
    }

    /** Returns the bytes, not copied; the caller must not change them. */
    byte[] digest() {
        return digest;
    }
}
