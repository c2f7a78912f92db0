/** The texts that go over the wire, in and out. */
@NullMarked
package io.presence.examples.gateway.wire;

import org.jspecify.annotations.NullMarked;
