/** Seeded workloads that are shaped like life, for any benchmark. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.workload;
