/** The candidates, one a file: each takes listeners of its own kind, so that none pays for an adapter. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.fanout.peer;
