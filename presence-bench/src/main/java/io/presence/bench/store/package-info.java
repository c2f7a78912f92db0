/** Presences by id: the cost of heartbeats, writes and memory, beside the stores that users would choose instead. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.store;
