/** The timers that are compared, each behind the same few operations. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.expiry.peer;
