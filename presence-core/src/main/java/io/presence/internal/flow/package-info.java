/**
 * Subscriptions as reactive streams.
 *
 * <p>{@link io.presence.internal.flow.EventPublisher} is the door: it gives each subscriber a subscription of its own.
 * {@linkplain io.presence.internal.flow.Signals What the subscriber is told} is serial whoever tells it. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.flow;
