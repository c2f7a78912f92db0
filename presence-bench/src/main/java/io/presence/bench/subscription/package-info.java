/** Subscriptions: the cost of a write that ten of them match, and of opening and closing one, by their number. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.subscription;
