package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.cluster.ClusterStatus;
import io.presence.examples.gateway.fixture.Poll;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of two gateways that show one picture. */
class ClusterTest {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final String DESK =
            "{\"status\":\"x\",\"presenceId\":\"p1\",\"permissions\":[\"read(\\\"users\\\")\"]}";

    private TestGateway one;
    private TestGateway other;
    private SocketUser watcher;

    @BeforeEach
    void start() throws Exception {
        int first = freePorts();
        int second = freePorts();
        List<String> peers = List.of("127.0.0.1:" + first, "127.0.0.1:" + second);
        one = TestGateway.start(options(first, peers));
        other = TestGateway.start(options(second, peers));
        Poll.until("know each other", () -> peers(one) == 1 && peers(other) == 1);
        watcher = other.socket("bob");
        watcher.subscribe("w", List.of("presences"));
    }

    private static Options options(int port, List<String> peers) {
        return TestGateway.options(TestGateway.WIDE, false, true)
                .withTimes(GRACE, Duration.ZERO)
                .withCluster(new ClusterAddress(port, peers));
    }

    /* Two that follow each other. */
    private static int freePorts() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = first.getLocalPort();
                try (ServerSocket second = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
                    return second.getLocalPort() - 1;
                } catch (IOException | IllegalArgumentException taken) {
                    /* Others are tried. */
                }
            }
        }
    }

    private static ClusterStatus status(TestGateway gateway) {
        return gateway.store().cluster().orElseThrow();
    }

    private static int peers(TestGateway gateway) {
        return status(gateway).peers().size();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void write_onOneGateway_isSeenOnTheOther() {
        one.socket("ada").write(DESK);

        assertThat(watcher.nextEvent()).isEqualTo("p1.upsert [w]");
        assertThat(other.store().get("p1")).isEqualTo(one.store().get("p1"));
    }

    @Test
    void reconnect_toTheOtherGatewayWithinTheGrace_isNoMoreThanAnUpdate() {
        SocketUser ada = one.socket("ada");
        ada.write(DESK);
        assertThat(watcher.nextEvent()).isEqualTo("p1.upsert [w]");
        ada.close(1001);

        other.socket("ada").write(DESK);
        Poll.until(
                "handed over",
                () -> status(one).ownPresences() == 0 && status(other).ownPresences() == 1);
        assertThat(watcher.untilPong())
                .extracting(event -> event.path("data").path("events").path(0))
                .extracting(JsonNode::asText)
                .allMatch(name -> name.endsWith(".update") || name.endsWith(".upsert"))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(one.store().get("p1")).isNotNull();
    }

    @Test
    void close_ofTheGatewayThatOwnsAPresence_keepsItForTheGrace() throws Exception {
        one.socket("ada").write(DESK);
        assertThat(watcher.nextEvent()).isEqualTo("p1.upsert [w]");

        one.close();
        Poll.until(
                "held",
                () -> status(other).peers().stream().allMatch(peer -> peer.state() == ClusterStatus.PeerState.HELD));
        assertThat(watcher.untilPong()).isEmpty();
        assertThat(other.store().get("p1")).isNotNull();
    }
}
