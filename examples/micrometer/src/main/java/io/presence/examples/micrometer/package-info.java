/** The counters of a store as Micrometer meters. */
@org.jspecify.annotations.NullMarked
package io.presence.examples.micrometer;
