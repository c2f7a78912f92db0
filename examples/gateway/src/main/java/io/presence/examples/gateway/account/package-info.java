/** Who is asking: users, their sessions, and how a request proves whose it is. */
@NullMarked
package io.presence.examples.gateway.account;

import org.jspecify.annotations.NullMarked;
