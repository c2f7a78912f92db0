/** The whole way from a write to the listeners that asked for what it says, beside what users would build it of instead. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.system;
