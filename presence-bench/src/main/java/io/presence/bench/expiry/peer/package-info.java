/** Timers that are compared, each behind the same operations. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.expiry.peer;
