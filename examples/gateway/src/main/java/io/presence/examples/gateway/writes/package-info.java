/** The writes of requests and messages, and the sockets that keep presences alive. */
@NullMarked
package io.presence.examples.gateway.writes;

import org.jspecify.annotations.NullMarked;
