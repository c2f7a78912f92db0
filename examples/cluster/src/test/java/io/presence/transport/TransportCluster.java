package io.presence.transport;

import io.presence.cluster.ClusterTransport;
import java.io.IOException;

/** The one cluster of a test, whose transports can be harmed. */
public interface TransportCluster extends AutoCloseable {

    /** Creates a transport. The same name may be used again after a crash. */
    ClusterTransport create(String name) throws Exception;

    /** Ends a transport as the end of its process would, without a farewell. */
    void crash(ClusterTransport transport) throws Exception;

    /** Cuts a transport off from all others. */
    void cut(ClusterTransport transport);

    /** Undoes all cuts. */
    void heal();

    /** Ends what the test has not closed. */
    @Override
    default void close() throws IOException {}
}
