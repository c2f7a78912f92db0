/**
 * The index of standing queries. {@link io.presence.query.internal.index.StandingQueryIndex} stores each distinct query
 * once, {@link io.presence.query.internal.index.TermIndex} maps terms to posting lists,
 * {@link io.presence.query.internal.index.CandidateFinder} finds the candidates of a record, and
 * {@link io.presence.query.internal.index.MatchRun} evaluates them. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.index;
