/**
 * Sessions, and listeners of several named filters.
 *
 * <p>{@link io.presence.PresenceStore#open} opens a {@link io.presence.session.PresenceSession}: the presences that it
 * writes end with the connection. {@link io.presence.session.NamedFilters} is for one listener with several filters,
 * and {@link io.presence.session.EventMemo} caches what a host encodes from events.
 */
@org.jspecify.annotations.NullMarked
package io.presence.session;
