package io.presence.bench.cluster.peer;

import io.presence.cluster.ClusterTransport;
import java.util.Set;

/** A transport without other members. It drops what is sent, so that the cost of the sending node alone is measured. */
public final class DroppingTransport implements ClusterTransport {

    @Override
    public void start(Receiver receiver) {
        receiver.onMembers(Set.of());
    }

    @Override
    public void broadcast(byte[] frame) {}

    @Override
    public void send(String member, byte[] frame) {}

    @Override
    public void close() {}
}
