/** The delivery of one event to many listeners, beside the event buses that users would choose instead. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.fanout;
