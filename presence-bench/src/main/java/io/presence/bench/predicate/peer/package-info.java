/** Expression languages of others: one adapter each, which says a filter in the text of its language. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.predicate.peer;
