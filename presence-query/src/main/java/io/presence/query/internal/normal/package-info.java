/**
 * The normal form of a filter: queries that say the same in other words become one and the same tree, so that what is
 * derived from a query is derived once and shared.
 *
 * <p>{@link io.presence.query.internal.normal.Normalizer} and {@link io.presence.query.internal.normal.FilterHash} are
 * the doors. Not exported.
 */
@NullMarked
package io.presence.query.internal.normal;

import org.jspecify.annotations.NullMarked;
