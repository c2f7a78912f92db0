/** Timers with a thread and a clock of their own, each behind the same operations. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.expiry.wallclock;
