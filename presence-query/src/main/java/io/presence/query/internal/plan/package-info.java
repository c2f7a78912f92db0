/**
 * How to find a standing query: the {@link io.presence.query.internal.plan.Planner} chooses the conditions that a record
 * must have one of in order to match, and that recent records had most rarely. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.plan;
