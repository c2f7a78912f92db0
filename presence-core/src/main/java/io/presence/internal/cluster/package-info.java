/**
 * The replication of presences between the nodes of a cluster: the frames that nodes send to each other, and their
 * binary form. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.cluster;
