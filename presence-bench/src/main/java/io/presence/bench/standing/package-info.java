/** One event against many standing queries: what it costs to find those that match, by workload and engine. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.standing;
