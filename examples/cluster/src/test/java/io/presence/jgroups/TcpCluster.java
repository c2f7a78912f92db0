package io.presence.jgroups;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster of transports in one JVM over TCP, at free ports of the loopback interface. */
final class TcpCluster {

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

    JGroupsTransport create(String nodeName) {
        return JGroupsTransport.of(options(nodeName));
    }

    void cut(JGroupsTransport transport) {
        Cuts.cut(transport);
        cut.add(transport);
    }

    void heal() {
        cut.forEach(Cuts::heal);
        cut.clear();
    }
}
