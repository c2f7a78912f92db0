/** One event to many listeners, beside the buses that users would pick instead. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.fanout;
