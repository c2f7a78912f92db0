/** A soak of one store, and the checks that it passes at each checkpoint and at its end. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.soak;
