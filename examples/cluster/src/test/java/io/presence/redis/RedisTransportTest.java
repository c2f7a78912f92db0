package io.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.cluster.ClusterTransport;
import io.presence.transport.RecordingReceiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

class RedisTransportTest {

    private final RecordingReceiver first = new RecordingReceiver();
    private final RecordingReceiver second = new RecordingReceiver();
    private FakeRedis server;
    private RedisCluster cluster;

    @BeforeEach
    void startServer() throws Exception {
        server = new FakeRedis();
        cluster = new RedisCluster(server.port());
    }

    @AfterEach
    void stopServer() throws Exception {
        cluster.close();
        server.close();
    }

    /** Without a limit for reads the subscriber would wait for a frame that never comes. */
    @Test
    void connection_onWhichNothingArrives_isReplaced() {
        ClusterTransport a = cluster.create("a");
        ClusterTransport b = cluster.create("b");
        a.start(first);
        b.start(second);
        first.awaitMembers(1);

        cluster.relay(b).hold(true);
        first.awaitMembers(0);
        second.awaitMembers(0);
        cluster.relay(b).hold(false);

        first.awaitMembers(1);
        second.awaitMembers(1);
        byte[] frame = "after it".getBytes(StandardCharsets.UTF_8);
        second.awaitFrame(received -> received.text().equals("after it"), () -> a.broadcast(frame));
        a.close();
        b.close();
    }

    @Test
    void broadcast_whileTheServerIsAway_returnsAndIsCounted() {
        RedisTransport a = (RedisTransport) cluster.create("a");
        a.start(first);
        cluster.cut(a);
        a.broadcast(new byte[10]);
        first.await(() -> a.failedFrames() == 1, "failed frame", () -> {});
        a.close();
    }

    @Test
    void start_withoutAServer_isRefused() throws Exception {
        ClusterTransport a = cluster.create("a");
        cluster.cut(a);
        assertThatThrownBy(() -> a.start(first))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("server must be reachable: 127.0.0.1:");
        a.close();
    }

    @Test
    void message_ofAnotherProgram_isIgnored() {
        assertThat(Envelope.read(new byte[0])).isNull();
        assertThat(Envelope.read(new byte[] {0, 1})).isNull();
        assertThat(Envelope.read(new byte[] {5, 'a'})).isNull();
        Envelope envelope = new Envelope("ä", new byte[] {1, 2});
        assertThat(Envelope.read(envelope.bytes())).satisfies(read -> {
            assertThat(read.sender()).isEqualTo("ä");
            assertThat(read.frame()).containsExactly(1, 2);
            assertThat(read.isNotice()).isFalse();
        });
    }

    @Test
    void options_outOfRange_areRefused() {
        HostAndPort address = new HostAndPort("127.0.0.1", 6379);
        var config = DefaultJedisClientConfig.builder().build();
        assertThatThrownBy(() -> RedisTransport.of(address, config, "chat", "a", Duration.ofSeconds(1)))
                .hasMessage("lease must be at least PT2S: PT1S");
        assertThatThrownBy(() -> RedisTransport.of(address, config, "chat", "a".repeat(101), Duration.ofSeconds(2)))
                .hasMessageStartingWith("nodeName must be at most 100 bytes: aaa");
    }
}
