/** The parts that the transports of several engines share. */
@org.jspecify.annotations.NullMarked
package io.presence.transport;
