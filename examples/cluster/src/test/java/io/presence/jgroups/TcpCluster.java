package io.presence.jgroups;

import io.presence.cluster.ClusterTransport;
import io.presence.transport.TransportCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jgroups.util.Util;

/** A cluster of transports in one JVM over TCP, at free ports of the loopback interface. */
final class TcpCluster implements TransportCluster {

    private static final String HOST = "127.0.0.1";

    private final UnaryOperator<JGroupsOptions> changes;
    private final String name = UUID.randomUUID().toString();
    private final List<Integer> ports = FreePorts.pairs(5);
    private final List<JGroupsTransport> cut = new ArrayList<>();
    private int used;

    TcpCluster(UnaryOperator<JGroupsOptions> changes) {
        this.changes = changes;
    }

    List<String> peers() {
        return IntStream.range(0, ports.size())
                .mapToObj(i -> HOST + ":" + ports.get(i))
                .collect(Collectors.toList());
    }

    JGroupsOptions options(String nodeName) {
        return changes.apply(JGroupsOptions.at(HOST, ports.get(used++))
                .peers(peers())
                .nodeName(nodeName)
                .clusterName(name)
                .suspectAfter(Duration.ofSeconds(2)));
    }

    @Override
    public JGroupsTransport create(String nodeName) {
        return JGroupsTransport.of(options(nodeName));
    }

    @Override
    public void crash(ClusterTransport transport) throws Exception {
        Util.shutdown(((JGroupsTransport) transport).channel(), false);
    }

    @Override
    public void cut(ClusterTransport transport) {
        Cuts.cut((JGroupsTransport) transport);
        cut.add((JGroupsTransport) transport);
    }

    @Override
    public void heal() {
        cut.forEach(Cuts::heal);
        cut.clear();
    }
}
