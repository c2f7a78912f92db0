package io.presence.redis;

import io.presence.transport.StoreContract;
import io.presence.transport.TransportCluster;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stores over Redis. */
class RedisStoreTest extends StoreContract {

    @RegisterExtension
    static final RealRedis SERVER = new RealRedis();

    private final RedisCluster cluster = new RedisCluster(SERVER.port());

    @Override
    protected TransportCluster cluster() {
        return cluster;
    }
}
