/** Ways to turn one filter into something that can be evaluated, ours beside others. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.predicate.technique;
