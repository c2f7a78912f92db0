/** Expiry: the cost of a million expirations at once, of heartbeats and of idle timers, and the lateness of expiry. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.expiry;
