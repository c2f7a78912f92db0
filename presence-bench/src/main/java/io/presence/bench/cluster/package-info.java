/** The cost of a store that is one of several nodes, and the exchange between nodes beside a replicated map. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.cluster;
