/** A gateway: the library behind HTTP and a WebSocket, as the Appwrite SDK speaks them. */
@NullMarked
package io.presence.examples.gateway;

import org.jspecify.annotations.NullMarked;
