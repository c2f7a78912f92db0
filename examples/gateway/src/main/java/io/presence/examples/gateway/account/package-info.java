/** Authentication: users, sessions, tokens, and the caller of a request. */
@NullMarked
package io.presence.examples.gateway.account;

import org.jspecify.annotations.NullMarked;
