/**
 * Secondary indexes of the presence table, and the planner that selects an access path.
 *
 * <p>Writers use {@link io.presence.internal.index.SecondaryIndexes}, readers
 * {@link io.presence.internal.index.Planner}. The package knows queries but not presences. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.index;
