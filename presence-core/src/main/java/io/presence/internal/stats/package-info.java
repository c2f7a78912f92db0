/**
 * What is counted. {@link io.presence.internal.stats.Counters} is the door; {@link io.presence.internal.stats.Histogram}
 * and {@link io.presence.internal.stats.StatusCounts} are written by the dispatcher. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.stats;
