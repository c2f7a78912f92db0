/**
 * The presence table: entries by id, their states and leases, the rights of callers, and the queue of dirty entries.
 *
 * <p>{@link io.presence.internal.store.PresenceTable} is the entry point. Every type is safe for use by any thread,
 * except for the members that are documented as dispatcher only. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.store;
