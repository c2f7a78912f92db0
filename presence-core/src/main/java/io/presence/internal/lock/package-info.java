/**
 * Soft locks: grants, the queues of those who wait, and the locks of each session. The presences of locks are in a
 * table of their own, with a duty cycle of its own, which the duty cycle of the store runs.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.lock;
