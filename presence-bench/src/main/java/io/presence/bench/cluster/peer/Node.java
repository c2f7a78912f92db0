package io.presence.bench.cluster.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of several nodes that hold the same rows.
 *
 * <p><b>Threads.</b> For one thread at a time. The copies on the other nodes follow by themselves.
 */
public interface Node extends AutoCloseable {

    /** Writes a row. */
    void put(Shown row);

    /** Writes rows by one call. */
    void putAll(List<Shown> rows);

    /** Returns the status of an id as this node shows it, or null. */
    @Nullable String status(String id);

    /** Returns the bytes that this node has given to its transport, each frame counted once; 0 if it does not count. */
    default long bytesSent() {
        return 0;
    }

    /** Leaves the other nodes. */
    @Override
    void close();
}
