/** The WebSocket side: sockets, their messages, and their limits. */
@NullMarked
package io.presence.examples.gateway.realtime;

import org.jspecify.annotations.NullMarked;
