/** What is asked of everybody who tells one event to many listeners. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.fanout.hub;
