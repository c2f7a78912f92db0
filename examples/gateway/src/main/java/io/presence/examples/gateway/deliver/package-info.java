/** From a step of the store to one text for each socket that it concerns, and what waits while a socket is slow. */
@NullMarked
package io.presence.examples.gateway.deliver;

import org.jspecify.annotations.NullMarked;
