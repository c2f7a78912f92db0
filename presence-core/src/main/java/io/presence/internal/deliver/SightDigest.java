package io.presence.internal.deliver;

import io.presence.internal.store.Access;

/**
 * A digest of the presences that a subscription sees, as one principal.
 *
 * @param access the principal
 * @param digest of channel, rights and query; not modified
 */
public record SightDigest(Access access, byte[] digest) {}
