/**
 * One subscription: its pending changes, conflated to at most one per presence, and the calls of its listener.
 *
 * <p>{@link io.presence.internal.delivery.LiveSubscription} is the entry point. The dispatcher fills its
 * {@linkplain io.presence.internal.delivery.Mailbox mailbox} and the draining thread empties it, without locks. Not
 * exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.delivery;
