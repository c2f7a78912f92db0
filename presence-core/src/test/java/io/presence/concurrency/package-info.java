/** Real threads racing on one store: what may come of it, and what must not. */
@org.jspecify.annotations.NullMarked
package io.presence.concurrency;
