/**
 * The numbers of a store as Micrometer meters. Micrometer is an optional dependency, which a host that uses this
 * package declares itself.
 *
 * <p>{@link io.presence.micrometer.PresenceMetrics} has the counters and latencies of a store,
 * {@link io.presence.micrometer.CountMetrics} the presences and users for each value of an attribute, such as rooms.
 */
@org.jspecify.annotations.NullMarked
package io.presence.micrometer;
