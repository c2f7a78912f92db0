/**
 * The sessions of a store: the public type, its subscriptions, and the list of open sessions. Their presences are in
 * {@code SessionHolds} of the package {@code store}.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.session;
