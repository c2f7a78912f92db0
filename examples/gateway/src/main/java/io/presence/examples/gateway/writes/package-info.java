/** How requests and messages become writes, and which sockets a presence lives by. */
@NullMarked
package io.presence.examples.gateway.writes;

import org.jspecify.annotations.NullMarked;
