package io.presence.redis;

import io.presence.transport.TransportCluster;
import io.presence.transport.TransportContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract over Redis, where there is no server: its protocol alone. */
class FakeRedisContractTest extends TransportContract {

    private static FakeRedis server;

    private final RedisCluster cluster = new RedisCluster(server.port());

    @BeforeAll
    static void startServer() throws Exception {
        server = new FakeRedis();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected TransportCluster cluster() {
        return cluster;
    }
}
