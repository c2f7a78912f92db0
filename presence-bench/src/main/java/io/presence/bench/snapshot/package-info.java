/** The time of a list or a snapshot, and its effect on writers. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.snapshot;
