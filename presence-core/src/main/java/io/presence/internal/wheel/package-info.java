/**
 * The hierarchical timing wheel that finds due timers. {@link io.presence.internal.wheel.TimerWheel} is the entry
 * point. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.wheel;
