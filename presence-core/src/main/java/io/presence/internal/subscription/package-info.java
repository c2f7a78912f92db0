/**
 * All subscriptions of a store: the changes that concern them, snapshots, resumption, and recovery from failures.
 *
 * <p>{@link io.presence.internal.subscription.Subscriptions} is the entry point. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.subscription;
