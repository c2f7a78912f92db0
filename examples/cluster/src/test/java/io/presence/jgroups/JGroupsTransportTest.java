package io.presence.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.transport.RecordingReceiver;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.jgroups.protocols.FD_SOCK2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JGroupsTransportTest {

    @Test
    void start_ifThePortIsTaken_saysSoAndLeavesNothingOpen() throws Exception {
        int port = FreePorts.pairs(1).get(0);
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            JGroupsTransport transport = JGroupsTransport.of(JGroupsOptions.at("127.0.0.1", port));
            assertThatThrownBy(() -> transport.start(new RecordingReceiver()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("cluster must be reachable: presence");
            assertThat(transport.channel().isClosed()).isTrue();
            assertThat(taken.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void ports_ofAStartedTransport_areTheFixedOneAndTheNext() {
        int port = FreePorts.pairs(1).get(0);
        JGroupsTransport transport = JGroupsTransport.of(JGroupsOptions.at("127.0.0.1", port));
        transport.start(new RecordingReceiver());
        try {
            FD_SOCK2 detector = transport.channel().stack().findProtocol(FD_SOCK2.class);
            assertThat(detector.getActualBindPort()).isEqualTo(port + 1);
            assertThat(transport.channel().stack().getTransport().getBindPort()).isEqualTo(port);
            assertThat(transport
                            .channel()
                            .stack()
                            .getTransport()
                            .getDiagnosticsHandler()
                            .isRunning())
                    .isFalse();
        } finally {
            transport.close();
        }
    }

    @Test
    void start_withPeersThatDoNotAnswer_formsAClusterOfItsOwn() {
        int port = FreePorts.pairs(1).get(0);
        JGroupsTransport transport = JGroupsTransport.of(
                JGroupsOptions.at("127.0.0.1", port).peers(List.of("127.0.0.1:" + port, "unknown.invalid:7800")));
        RecordingReceiver received = new RecordingReceiver();
        transport.start(received);
        assertThat(received.awaitMembers(0)).isEmpty();
        transport.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", ":7800", "host:", "host:0", "host:65535", "a:1,b:2", "host:x"})
    void peers_ofAnotherForm_areRefused(String peer) {
        assertThatThrownBy(() -> JGroupsOptions.at("127.0.0.1", 7800).peers(List.of("a:7800", peer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("peers must be host:port: " + peer);
    }

    @Test
    void options_outOfRange_areRefused() {
        JGroupsOptions options = JGroupsOptions.at("127.0.0.1", 7800);
        assertThatThrownBy(() -> JGroupsOptions.at("127.0.0.1", 65_535)).hasMessage("port must be 1 to 65534: 65535");
        assertThatThrownBy(() -> options.suspectAfter(Duration.ZERO))
                .hasMessage("suspectAfter must be at least PT1S: PT0S");
        assertThatThrownBy(() -> options.password("")).hasMessage("password must not be empty: ");
        assertThatThrownBy(() -> JGroupsTransport.of(JGroupsOptions.at("unknown.invalid", 7800)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host must be known: unknown.invalid");
    }
}
