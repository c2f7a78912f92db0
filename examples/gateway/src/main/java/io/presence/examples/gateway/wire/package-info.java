/** The JSON of requests, messages, answers and errors. */
@NullMarked
package io.presence.examples.gateway.wire;

import org.jspecify.annotations.NullMarked;
