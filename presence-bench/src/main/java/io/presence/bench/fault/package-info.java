/** Trials of a store whose process is stopped, or has one core and little memory. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.fault;
