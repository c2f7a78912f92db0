/** Benchmarks of the store and the query language, each beside the library a user would pick instead. */
@org.jspecify.annotations.NullMarked
package io.presence.bench;
