/** Techniques that compile a filter: the library's and its alternatives. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.predicate.technique;
