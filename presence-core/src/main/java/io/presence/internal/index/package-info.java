/**
 * Which entries have which values: secondary indexes, and the choice of the one that leaves least to look at.
 *
 * <p>{@link io.presence.internal.index.SecondaryIndexes} is written, {@link io.presence.internal.index.Planner} is asked.
 * Knows queries but nothing of presences. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.index;
