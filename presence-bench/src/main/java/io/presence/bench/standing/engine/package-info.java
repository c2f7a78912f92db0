/** EngineCandidate that find the standing queries an event matches, ours beside others. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.standing.engine;
