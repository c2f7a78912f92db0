/**
 * The index of standing queries: {@link io.presence.query.internal.index.StandingIndex} holds each distinct query once,
 * {@link io.presence.query.internal.index.TermIndex} finds candidates for a record, and
 * {@link io.presence.query.internal.index.MatchingPass} verifies them. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.index;
