/**
 * Several named filters for one listener, and a cache of what a host encodes from events.
 */
@NullMarked
package io.presence.session;

import org.jspecify.annotations.NullMarked;
