/** The hierarchical timing wheel that finds due timers. {@link io.presence.internal.wheel.TimerWheel} is its door. */
@org.jspecify.annotations.NullMarked
package io.presence.internal.wheel;
