/**
 * What is written: entries by id, their states and leases, and the queue of those that changed.
 *
 * <p>{@link io.presence.internal.store.PresenceTable} is the door. Everything here may be used by any thread, except where it
 * says dispatcher. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.store;
