/** One store, many subscriptions: what it costs to have them, to tell few of them, and to tell all of them. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.subscription;
