/** A search for the legal queries and records that cost most. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.hostile;
