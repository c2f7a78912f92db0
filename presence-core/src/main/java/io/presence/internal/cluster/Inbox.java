package io.presence.internal.cluster;

import io.presence.cluster.ClusterTransport;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The reports of the transport that the dispatcher has not read: frames, within a number of bytes, and changes of the
 * members. Frames beyond the bytes are dropped: their sender is then asked for a snapshot. A change of the members is
 * never dropped. Their order is kept, since the farewell of a node is a frame of a member, and the members without that
 * node come after it.
 *
 * <p><b>Threads.</b> {@link #onFrame} and {@link #onMembers} by any thread, the rest by the dispatcher.
 */
final class Inbox implements ClusterTransport.Receiver {

    private static final long MAX_BYTES = 64L << 20;
    /* The memory of a queued report beside its bytes, and that of a member. */
    private static final int OVERHEAD = 64;

    private final ConcurrentLinkedQueue<Report> reports = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Runnable wakeUp;

    /** A frame or a change of the members. */
    abstract static sealed class Report permits Received, Members {
        final int bytes;

        Report(int bytes) {
            this.bytes = bytes + OVERHEAD;
        }
    }

    /** A frame and its sender. */
    static final class Received extends Report {
        final String member;
        final byte[] frame;

        Received(String member, byte[] frame) {
            super(frame.length);
            this.member = member;
            this.frame = frame;
        }
    }

    /** The names of all members from then on. */
    static final class Members extends Report {
        final Set<String> names;

        Members(Set<String> names) {
            super(names.size() * OVERHEAD);
            this.names = names;
        }
    }

    Inbox(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    @Override
    public void onFrame(String member, byte[] frame) {
        Received received = new Received(member, frame);
        if (bytes.addAndGet(received.bytes) > MAX_BYTES) {
            bytes.addAndGet(-received.bytes);
            dropped.incrementAndGet();
        } else {
            reports.add(received);
        }
        wakeUp.run();
    }

    @Override
    public void onMembers(Set<String> others) {
        Members members = new Members(Set.copyOf(others));
        bytes.addAndGet(members.bytes);
        reports.add(members);
        wakeUp.run();
    }

    /** Takes the next report, or null. */
    @Nullable Report poll() {
        Report next = reports.poll();
        if (next != null) {
            bytes.addAndGet(-next.bytes);
        }
        return next;
    }

    boolean isEmpty() {
        return reports.isEmpty();
    }

    long dropped() {
        return dropped.get();
    }
}
