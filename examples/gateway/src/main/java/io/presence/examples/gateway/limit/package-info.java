/** Limits of the use by one user, one address, or one socket. */
@NullMarked
package io.presence.examples.gateway.limit;

import org.jspecify.annotations.NullMarked;
