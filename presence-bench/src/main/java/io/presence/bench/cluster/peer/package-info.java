/** Nodes that hold the same rows: the library over two transports, and Hazelcast. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.cluster.peer;
