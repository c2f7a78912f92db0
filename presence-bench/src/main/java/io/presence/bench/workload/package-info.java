/** Seeded workloads with the shape of production traffic, for any benchmark. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.workload;
