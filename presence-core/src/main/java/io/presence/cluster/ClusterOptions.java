package io.presence.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The options of a store that is one node of several. The nodes have the same options; the {@linkplain #lease lease}
 * and the {@linkplain #holdLost hold} of a node decide what its own subscribers see.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class ClusterOptions {

    /** The lease of a node unless it is set. */
    public static final Duration DEFAULT_LEASE = Duration.ofSeconds(5);

    /** The maximum number of presences of other nodes unless it is set. */
    public static final int DEFAULT_MAX_REPLICAS = 10_000_000;

    private static final Duration MIN_LEASE = Duration.ofMillis(500);
    private static final Duration MAX_TIME = Duration.ofHours(1);

    private final ClusterTransport transport;
    private final Duration lease;
    private final Duration holdLost;
    private final Duration handOver;
    private final int maxReplicas;

    private ClusterOptions(
            ClusterTransport transport, Duration lease, Duration holdLost, Duration handOver, int maxReplicas) {
        this.transport = transport;
        this.lease = lease;
        this.holdLost = holdLost;
        this.handOver = handOver;
        this.maxReplicas = maxReplicas;
    }

    /**
     * Returns the default options for a transport.
     *
     * @param transport the connection to the other nodes, which the store starts and closes
     * @return new options
     */
    public static ClusterOptions over(ClusterTransport transport) {
        requireNonNull(transport, "transport must not be null");
        return new ClusterOptions(transport, DEFAULT_LEASE, Duration.ZERO, Duration.ZERO, DEFAULT_MAX_REPLICAS);
    }

    /**
     * Sets the time without a sign of life after which the presences of another node leave, even if the engine still
     * reports that node. A node gives a sign of life five times in that time. A caller-driven store must be driven at
     * least that often; one that is not assumes that it was paused, and removes no node. Default:
     * {@link #DEFAULT_LEASE}.
     *
     * @param time from 500 milliseconds to an hour
     * @return options with that lease
     * @throws IllegalArgumentException if it is out of range
     */
    public ClusterOptions lease(Duration time) {
        if (requireNonNull(time, "lease must not be null").compareTo(MIN_LEASE) < 0) {
            throw new IllegalArgumentException("lease must be at least " + MIN_LEASE + ": " + time);
        }
        return new ClusterOptions(transport, atMost("lease", time), holdLost, handOver, maxReplicas);
    }

    /**
     * Sets the time for which the presences of a node that was lost stay visible here. If the node returns within it,
     * its unchanged presences cause no event. Default: zero, and they leave at once.
     *
     * @param time at most an hour
     * @return options with that time
     * @throws IllegalArgumentException if it is out of range
     */
    public ClusterOptions holdLost(Duration time) {
        return new ClusterOptions(transport, lease, notNegative("holdLost", time), handOver, maxReplicas);
    }

    /**
     * Sets the time for which the presences of this node stay visible on the others once this store is closed, so that
     * clients can reconnect to another node without a flicker. Default: zero, and they end at once, with the cause
     * {@code SHUTDOWN}.
     *
     * @param time at most an hour
     * @return options with that time
     * @throws IllegalArgumentException if it is out of range
     */
    public ClusterOptions handOver(Duration time) {
        return new ClusterOptions(transport, lease, holdLost, notNegative("handOver", time), maxReplicas);
    }

    /**
     * Sets the maximum number of presences of other nodes. Those beyond it are not visible here, which
     * {@link ClusterStatus} reports. They do not count against the limits of the store, which are of its own presences.
     * Default: {@value #DEFAULT_MAX_REPLICAS}.
     *
     * @param max positive
     * @return options with that maximum
     * @throws IllegalArgumentException if it is not positive
     */
    public ClusterOptions maxReplicas(int max) {
        if (max <= 0) {
            throw new IllegalArgumentException("maxReplicas must be positive: " + max);
        }
        return new ClusterOptions(transport, lease, holdLost, handOver, max);
    }

    private static Duration notNegative(String name, Duration time) {
        if (requireNonNull(time, name + " must not be null").isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + time);
        }
        return atMost(name, time);
    }

    private static Duration atMost(String name, Duration time) {
        if (time.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException(name + " must be at most " + MAX_TIME + ": " + time);
        }
        return time;
    }

    /**
     * Returns the transport.
     *
     * @return the object that was given
     */
    public ClusterTransport transport() {
        return transport;
    }

    /**
     * Returns the {@linkplain #lease(Duration) lease}.
     *
     * @return the time that was set, or the default
     */
    public Duration lease() {
        return lease;
    }

    /**
     * Returns the time for which presences of a lost node {@linkplain #holdLost(Duration) stay}.
     *
     * @return the time that was set, or zero
     */
    public Duration holdLost() {
        return holdLost;
    }

    /**
     * Returns the time for which presences of this node {@linkplain #handOver(Duration) stay} once it is closed.
     *
     * @return the time that was set, or zero
     */
    public Duration handOver() {
        return handOver;
    }

    /**
     * Returns the maximum number of presences of other nodes.
     *
     * @return the number that was set, or the default
     */
    public int maxReplicas() {
        return maxReplicas;
    }
}
