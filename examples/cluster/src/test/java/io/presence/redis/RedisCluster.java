package io.presence.redis;

import io.presence.cluster.ClusterTransport;
import io.presence.transport.TransportCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** Transports of one cluster over a Redis server, each by a relay of its own. */
final class RedisCluster implements TransportCluster {

    static final Duration LEASE = Duration.ofSeconds(2);

    private final int port;
    private final String name = "test-" + UUID.randomUUID();
    private final Map<ClusterTransport, Relay> relays = new LinkedHashMap<>();
    private final Map<ClusterTransport, Relay> crashed = new LinkedHashMap<>();

    RedisCluster(int port) {
        this.port = port;
    }

    @Override
    public ClusterTransport create(String nodeName) {
        try {
            Relay relay = new Relay(port);
            ClusterTransport transport = RedisTransport.of(
                    new HostAndPort("127.0.0.1", relay.port()),
                    DefaultJedisClientConfig.builder().build(),
                    name,
                    nodeName,
                    LEASE);
            relays.put(transport, relay);
            return transport;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Relay relay(ClusterTransport transport) {
        return relays.get(transport);
    }

    @Override
    public void crash(ClusterTransport transport) {
        Relay relay = relays.remove(transport);
        relay.cut(true);
        crashed.put(transport, relay);
    }

    @Override
    public void cut(ClusterTransport transport) {
        relays.get(transport).cut(true);
    }

    @Override
    public void heal() {
        relays.values().forEach(relay -> relay.cut(false));
    }

    /** Ends the threads of what has crashed, which the tests do not close. */
    @Override
    public void close() throws IOException {
        crashed.keySet().forEach(ClusterTransport::close);
        for (Relay relay : relays.values()) {
            relay.close();
        }
        for (Relay relay : crashed.values()) {
            relay.close();
        }
    }
}
