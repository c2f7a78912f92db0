/**
 * The index of standing queries: {@link io.presence.query.internal.index.StandingQueryIndex} holds each distinct query once,
 * {@link io.presence.query.internal.index.TermIndex} finds candidates for a record, and
 * {@link io.presence.query.internal.index.MatchRun} verifies them. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.index;
