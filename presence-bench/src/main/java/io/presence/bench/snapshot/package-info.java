/** What it costs to be delivered what is there already, and what it costs those who write meanwhile. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.snapshot;
