/** Benchmarks of the store and of the query language. Each runs beside the library that a user would choose instead. */
@org.jspecify.annotations.NullMarked
package io.presence.bench;
