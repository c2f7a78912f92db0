/**
 * The selection of the candidate terms under which a standing query is indexed. The
 * {@link io.presence.query.internal.plan.Planner} selects the terms that recent records have most rarely. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.plan;
