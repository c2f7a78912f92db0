/** Seeded workloads that are shaped like traffic, for any benchmark. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.workload;
