package io.presence.redis;

import static java.util.Objects.requireNonNull;

import io.presence.cluster.ClusterTransport;
import io.presence.transport.SendQueue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;

/**
 * A connection to other nodes by a Redis server, version 5 or later, or Valkey. Each node renews a lease in a sorted
 * set by the server's clock, and frames are messages in channels. Nothing is stored besides the leases.
 *
 * <p><b>Guarantees.</b> A node whose process ends, that is paused or that can't reach the server is gone after a lease.
 * It then sees no others, and goes on by itself. It finds them within a second once it can reach the server again.
 * Frames of the time in between are lost, and the store asks for what it misses. Who may publish in the server can send
 * frames in the name of any member.
 *
 * <p><b>Threads.</b> A call adds the frame to a queue and returns. One thread sends, one receives and one renews the
 * lease; the last two call the receiver.
 */
public final class RedisTransport implements ClusterTransport {

    /** The time without renewal after which a node is gone, unless it is set. */
    public static final Duration DEFAULT_LEASE = Duration.ofSeconds(4);

    private static final Duration MIN_LEASE = Duration.ofSeconds(2);
    private static final Duration TIME_TO_SEND_THE_REST = Duration.ofSeconds(2);
    private static final int MAX_NODE_NAME = 100;

    private final RedisServer server;
    private final String self;
    private final SendQueue queue;
    private volatile @Nullable Jedis sending;
    private volatile @Nullable Lease lease;
    private volatile @Nullable Subscriber subscriber;

    private RedisTransport(RedisServer server, String self) {
        this.server = server;
        this.self = self;
        queue = new SendQueue("presence-redis-send-" + self, SendQueue.DEFAULT_MAX_BYTES, this::sendNow);
    }

    /**
     * Creates a transport that is not connected yet.
     *
     * @param address the server
     * @param config user, password and TLS of the server; its times are not used
     * @param cluster the name that the nodes of one cluster share, the beginning of all keys and channels
     * @param nodeName the beginning of the name of this member, at most 100 bytes; it need not be unique
     * @param lease at least two seconds, the same on all nodes
     * @return a transport for one store
     * @throws IllegalArgumentException if the name or the lease is out of range
     */
    public static RedisTransport of(
            HostAndPort address, JedisClientConfig config, String cluster, String nodeName, Duration lease) {
        if (lease.compareTo(MIN_LEASE) < 0) {
            throw new IllegalArgumentException("lease must be at least " + MIN_LEASE + ": " + lease);
        }
        if (nodeName.getBytes(StandardCharsets.UTF_8).length > MAX_NODE_NAME) {
            throw new IllegalArgumentException("nodeName must be at most " + MAX_NODE_NAME + " bytes: " + nodeName);
        }
        RedisServer server = new RedisServer(address, config, requireNonNull(cluster), lease);
        return new RedisTransport(server, nodeName + "/" + UUID.randomUUID());
    }

    /** Subscribes, then takes a lease and reports the other members. It blocks for at most two leases. */
    @Override
    public void start(Receiver receiver) {
        requireNonNull(receiver, "receiver must not be null");
        Lease leased = new Lease(server, self, receiver);
        Subscriber subscribing =
                new Subscriber(server, self, envelope -> receive(envelope, leased, receiver), leased::echoed);
        lease = leased;
        subscriber = subscribing;
        try {
            subscribing.start();
            leased.start();
        } catch (RuntimeException e) {
            subscribing.close();
            throw new IllegalStateException("server must be reachable: " + server.address(), e);
        } catch (InterruptedException e) {
            subscribing.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("start was interrupted", e);
        }
        queue.start();
    }

    private static void receive(Envelope envelope, Lease lease, Receiver receiver) {
        if (envelope.isNotice()) {
            lease.membersChanged();
        } else {
            receiver.onFrame(envelope.sender(), envelope.frame());
        }
    }

    /** {@inheritDoc} A full queue drops the frame and throws {@link IllegalStateException}. */
    @Override
    public void broadcast(byte[] frame) {
        queue.add(null, frame);
    }

    /** {@inheritDoc} A full queue drops the frame and throws {@link IllegalStateException}. */
    @Override
    public void send(String member, byte[] frame) {
        queue.add(requireNonNull(member, "member must not be null"), frame);
    }

    /** {@inheritDoc} It blocks for at most a few seconds. */
    @Override
    public void close() {
        queue.close(TIME_TO_SEND_THE_REST);
        disconnect();
        Lease leased = lease;
        if (leased != null) {
            leased.close(server.lease());
        }
        Subscriber subscribing = subscriber;
        if (subscribing != null) {
            subscribing.close();
        }
    }

    /**
     * Returns the number of frames that were queued and that could not be sent, since the server was not reachable.
     * Those that found the queue full are not among them, since the store counts them.
     *
     * @return since the start
     */
    public long failedFrames() {
        return queue.failed();
    }

    private void sendNow(@Nullable String member, byte[] frame) {
        try {
            Jedis connection = sending;
            if (connection == null) {
                connection = server.connect();
                sending = connection;
            }
            byte[] channel = member == null ? server.channel() : server.channel(member);
            connection.publish(channel, new Envelope(self, frame).bytes());
        } catch (RuntimeException e) {
            disconnect();
            throw e;
        }
    }

    private void disconnect() {
        Jedis open = sending;
        sending = null;
        if (open != null) {
            open.close();
        }
    }
}
