/**
 * The pending changes of one subscription, conflated to at most one per presence, and the guards of its listener.
 *
 * <p>{@link io.presence.internal.delivery.Mailbox} is the entry point: the dispatcher fills it and the draining thread
 * empties it, without locks. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.delivery;
