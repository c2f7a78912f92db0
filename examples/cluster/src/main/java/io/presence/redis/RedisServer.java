package io.presence.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;

/** The server and the names in it that the nodes of one cluster share. */
record RedisServer(HostAndPort address, JedisClientConfig config, String cluster, Duration lease) {

    /** Opens a connection. A reply that is not there after half a lease is an error. */
    Jedis connect() {
        int timeout = (int) lease.toMillis() / 2;
        return new Jedis(
                address,
                DefaultJedisClientConfig.builder()
                        .from(config)
                        .autoNegotiateProtocol(false)
                        .timeoutMillis(timeout)
                        .blockingSocketTimeoutMillis((int) lease.toMillis())
                        .build());
    }

    /** The sorted set of members, each with the time of the server at which it was last renewed. */
    String members() {
        return cluster + ":members";
    }

    /** The channel of frames to all. */
    byte[] channel() {
        return (cluster + ":all").getBytes(StandardCharsets.UTF_8);
    }

    /** The channel of frames to one member. */
    byte[] channel(String member) {
        return (cluster + ":to:" + member).getBytes(StandardCharsets.UTF_8);
    }
}
