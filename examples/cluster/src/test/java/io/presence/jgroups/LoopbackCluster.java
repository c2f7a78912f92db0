package io.presence.jgroups;

import io.presence.cluster.ClusterTransport;
import io.presence.transport.SendQueue;
import io.presence.transport.TransportCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.SHARED_LOOPBACK_PING;
import org.jgroups.stack.Protocol;
import org.jgroups.util.Util;

/**
 * A cluster of transports in one JVM that use no sockets. DISCARD stands directly above the lowest protocol: above the
 * failure detector it would not cut heartbeats.
 */
final class LoopbackCluster implements TransportCluster {

    private static final Duration SUSPECT_AFTER = Duration.ofMillis(1500);
    private static final long HEARTBEAT_MILLIS = 300;

    private final String name = UUID.randomUUID().toString();
    private final List<JGroupsTransport> transports = new ArrayList<>();

    @Override
    public JGroupsTransport create(String nodeName) {
        List<Protocol> stack = new ArrayList<>(List.of(
                new SHARED_LOOPBACK(),
                new DISCARD(),
                new SHARED_LOOPBACK_PING(),
                new MERGE3().setMinInterval(300).setMaxInterval(600)));
        stack.addAll(JGroupsStack.detection(SUSPECT_AFTER, HEARTBEAT_MILLIS));
        stack.addAll(JGroupsStack.messages());
        stack.addAll(JGroupsStack.membership());
        JGroupsTransport transport = new JGroupsTransport(nodeName, name, stack, SendQueue.DEFAULT_MAX_BYTES);
        transports.add(transport);
        return transport;
    }

    @Override
    public void crash(ClusterTransport transport) throws Exception {
        Util.shutdown(((JGroupsTransport) transport).channel());
    }

    @Override
    public void cut(ClusterTransport transport) {
        discard((JGroupsTransport) transport).discardAll(true);
    }

    @Override
    public void heal() {
        transports.forEach(transport -> discard(transport).discardAll(false));
    }

    private static DISCARD discard(JGroupsTransport transport) {
        return transport.channel().stack().findProtocol(DISCARD.class);
    }
}
