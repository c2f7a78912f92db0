/**
 * What is told: the duty cycle that turns changed entries and passed deadlines into steps, and the subscriptions that
 * are told of them.
 *
 * <p>{@link io.presence.internal.bus.DutyCycle} and {@link io.presence.internal.bus.Subscriptions} are the doors. One
 * thread at a time, the dispatcher, runs it all; others leave commands. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.bus;
