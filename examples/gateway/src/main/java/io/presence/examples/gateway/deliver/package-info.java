/** Delivery: one text for each change and socket, and the backpressure of slow sockets. */
@NullMarked
package io.presence.examples.gateway.deliver;

import org.jspecify.annotations.NullMarked;
