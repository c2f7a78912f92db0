/** Engines that find the standing queries which an event matches: the library's and its alternatives. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.standing.engine;
