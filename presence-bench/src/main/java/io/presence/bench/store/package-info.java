/** Presences by id: what it costs to renew, to write and to keep them, beside what users would pick instead. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.store;
