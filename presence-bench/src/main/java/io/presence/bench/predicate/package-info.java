/** One query against one record: the cost of an evaluation, by technique and by the number of different queries. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.predicate;
