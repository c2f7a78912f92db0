/**
 * Counters, histograms and the failure log of a store.
 *
 * <p>{@link io.presence.internal.stats.Counters} is the entry point; the dispatcher writes
 * {@link io.presence.internal.stats.Histogram} and {@link io.presence.internal.stats.StatusCounts}. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.stats;
