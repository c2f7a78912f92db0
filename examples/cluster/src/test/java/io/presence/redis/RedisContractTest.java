package io.presence.redis;

import io.presence.cluster.ClusterTransport;
import io.presence.transport.TransportContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract over Redis. */
class RedisContractTest extends TransportContract {

    private static RealRedis server;

    private final RedisCluster cluster = new RedisCluster(server.port());

    @BeforeAll
    static void startServer() throws Exception {
        server = RealRedis.startOrSkip(RedisContractTest.class);
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void closeRelays() throws Exception {
        cluster.close();
    }

    @Override
    protected ClusterTransport create(String name) {
        return cluster.create(name);
    }

    @Override
    protected void crash(ClusterTransport transport) {
        cluster.crash(transport);
    }

    @Override
    protected void cut(ClusterTransport transport) {
        cluster.cut(transport);
    }

    @Override
    protected void heal() {
        cluster.heal();
    }
}
