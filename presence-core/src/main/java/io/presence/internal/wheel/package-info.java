/**
 * The hierarchical timing wheel that finds due presences. {@link io.presence.internal.wheel.TimerWheel} is its only door.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.wheel;
