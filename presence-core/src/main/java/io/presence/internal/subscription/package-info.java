/**
 * The open subscriptions: which changes concern them, snapshots, resumption, and the delivery to their listeners.
 *
 * <p>{@link io.presence.internal.subscription.Subscriptions} is the entry point. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.subscription;
