package io.presence.internal.cluster;

/**
 * A presence in a snapshot.
 *
 * @param revision the revision of its last change
 */
record Copy(long revision, Put put) {}
