/**
 * Sessions: presences that end with the connection that wrote them. {@link io.presence.PresenceStore#open} opens a
 * {@link io.presence.session.PresenceSession}.
 */
@org.jspecify.annotations.NullMarked
package io.presence.session;
