/** One event against many standing queries: the cost of finding the queries that match, by workload and engine. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.standing;
