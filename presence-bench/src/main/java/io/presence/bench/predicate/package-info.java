/** One query against one record: what an evaluation costs, by technique and by how many different queries there are. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.predicate;
