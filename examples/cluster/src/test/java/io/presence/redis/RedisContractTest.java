package io.presence.redis;

import io.presence.transport.TransportCluster;
import io.presence.transport.TransportContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract over Redis. */
class RedisContractTest extends TransportContract {

    @RegisterExtension
    static final RealRedis SERVER = new RealRedis();

    private final RedisCluster cluster = new RedisCluster(SERVER.port());

    @Override
    protected TransportCluster cluster() {
        return cluster;
    }
}
