/** The WebSocket part: sockets, their messages, and their limits. */
@NullMarked
package io.presence.examples.gateway.realtime;

import org.jspecify.annotations.NullMarked;
