package io.presence.internal.cluster;

import io.presence.cluster.ClusterTransport;
import io.presence.internal.stats.FailureLog;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a transport. A frame that it fails to send is counted, and is otherwise as one that is lost on
 * the way.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Outbox {

    private final ClusterTransport transport;
    private final FailureLog failures;
    private long frames;
    private long bytes;
    private long failed;
    private int users;

    Outbox(ClusterTransport transport, FailureLog failures) {
        this.transport = transport;
        this.failures = failures;
    }

    /** Counts one more user, who closes it. */
    void use() {
        users++;
    }

    void broadcast(byte[] frame) {
        send(null, frame);
    }

    /** Sends to one member, or to all if it is null. */
    void send(@Nullable String member, byte[] frame) {
        try {
            if (member == null) {
                transport.broadcast(frame);
            } else {
                transport.send(member, frame);
            }
            frames++;
            bytes += frame.length;
        } catch (RuntimeException | Error failure) {
            failed++;
            failures.report(
                    FailureLog.Kind.TRANSPORT, Level.WARNING, "the transport of the cluster failed to send", failure);
        }
    }

    /** Closes the transport once the last user has called this. Does not throw. */
    void close() {
        users--;
        if (users > 0) {
            return;
        }
        try {
            transport.close();
        } catch (RuntimeException | Error failure) {
            failures.report(
                    FailureLog.Kind.TRANSPORT, Level.WARNING, "the transport of the cluster failed to close", failure);
        }
    }

    long frames() {
        return frames;
    }

    long bytes() {
        return bytes;
    }

    long failed() {
        return failed;
    }
}
