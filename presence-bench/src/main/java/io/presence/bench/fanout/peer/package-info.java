/**
 * The fan-outs that are compared, one in each file. Each has listeners of its own kind, so that no candidate pays for
 * an adapter.
 */
@org.jspecify.annotations.NullMarked
package io.presence.bench.fanout.peer;
