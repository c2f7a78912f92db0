/**
 * List, count and explain over the live presences, and the queries that presences allow.
 *
 * <p>{@link io.presence.internal.read.Lister} is the entry point. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.read;
