package io.presence.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.cluster.ClusterTransport;
import io.presence.transport.RecordingReceiver;
import io.presence.transport.TransportCluster;
import io.presence.transport.TransportContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over TLS with a password, and that others are kept out. */
class JGroupsSecureContractTest extends TransportContract {

    private static SSLContext trusted;
    private static SSLContext stranger;

    private final TcpCluster cluster =
            new TcpCluster(options -> options.password("secret").tls(trusted));

    @BeforeAll
    static void certificates(@TempDir Path folder) throws Exception {
        trusted = Certificates.context(folder, "trusted");
        stranger = Certificates.context(folder, "stranger");
    }

    @Override
    protected TransportCluster cluster() {
        return cluster;
    }

    @Test
    void node_withAnotherPassword_isRefused() throws Exception {
        RecordingReceiver received = new RecordingReceiver();
        ClusterTransport member = cluster.create("member");
        JGroupsTransport other = JGroupsTransport.of(cluster.options("other").password("guess"));
        member.start(received);
        try {
            assertThatThrownBy(() -> other.start(new RecordingReceiver()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseInstanceOf(SecurityException.class);
            assertThat(received.members()).isEmpty();
        } finally {
            member.close();
        }
    }

    @Test
    void node_withAnotherCertificate_isKeptOut() throws Exception {
        checkKeptOut(JGroupsTransport.of(cluster.options("other").tls(stranger)));
    }

    @Test
    void node_withoutTls_isKeptOut() throws Exception {
        TcpCluster plain = new TcpCluster(options -> options.password("secret"));
        JGroupsOptions options =
                plain.options("other").clusterName(cluster.options("same").clusterName());
        checkKeptOut(JGroupsTransport.of(options.peers(cluster.peers())));
    }

    /** It forms a cluster of its own, and neither receives what the members send nor is it one of them. */
    private void checkKeptOut(ClusterTransport other) throws Exception {
        RecordingReceiver first = new RecordingReceiver();
        RecordingReceiver second = new RecordingReceiver();
        RecordingReceiver outside = new RecordingReceiver();
        ClusterTransport a = cluster.create("a");
        ClusterTransport b = cluster.create("b");
        try {
            a.start(first);
            other.start(outside);
            b.start(second);
            byte[] frame = "for members".getBytes(StandardCharsets.UTF_8);
            byte[] forged = "from outside".getBytes(StandardCharsets.UTF_8);
            second.awaitFrame(received -> received.text().equals("for members"), () -> {
                other.broadcast(forged);
                a.broadcast(frame);
            });

            assertThat(first.awaitMembers(1)).hasSize(1);
            assertThat(outside.members()).isEmpty();
            assertThat(outside.frames()).isEmpty();
            assertThat(first.frames()).isEmpty();
            assertThat(second.frames())
                    .extracting(RecordingReceiver.Received::text)
                    .doesNotContain("from outside");
        } finally {
            other.close();
            a.close();
            b.close();
        }
    }
}
