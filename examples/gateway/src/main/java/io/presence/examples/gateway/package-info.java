/** A reference server: the library behind HTTP and a WebSocket that unmodified Appwrite SDKs use. */
@NullMarked
package io.presence.examples.gateway;

import org.jspecify.annotations.NullMarked;
