/** Expression languages of other projects: one adapter each, which writes a filter as text of the language. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.predicate.peer;
