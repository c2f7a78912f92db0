package io.presence.internal.cluster;

import io.presence.cluster.ClusterTransport;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The frames that the transport has received and the dispatcher has not read, within a number of bytes. Frames beyond
 * it are dropped: their sender is then asked for a snapshot.
 *
 * <p><b>Threads.</b> {@link #onFrame} and {@link #onMembers} by any thread, the rest by the dispatcher.
 */
final class Inbox implements ClusterTransport.Receiver {

    private static final long MAX_BYTES = 64L << 20;
    /* The memory of a queued frame beside its bytes. */
    private static final int OVERHEAD = 64;

    private final ConcurrentLinkedQueue<Received> frames = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Runnable wakeUp;
    private volatile Set<String> members = Set.of();
    private volatile boolean hasNewMembers;

    /** A frame and its sender. */
    static final class Received {
        final String member;
        final byte[] frame;

        Received(String member, byte[] frame) {
            this.member = member;
            this.frame = frame;
        }
    }

    Inbox(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    @Override
    public void onFrame(String member, byte[] frame) {
        int size = frame.length + OVERHEAD;
        if (bytes.addAndGet(size) > MAX_BYTES) {
            bytes.addAndGet(-size);
            dropped.incrementAndGet();
        } else {
            frames.add(new Received(member, frame));
        }
        wakeUp.run();
    }

    @Override
    public void onMembers(Set<String> others) {
        members = Set.copyOf(others);
        hasNewMembers = true;
        wakeUp.run();
    }

    /** The newest members if they have changed since the last call, otherwise null. */
    @Nullable Set<String> takeMembers() {
        if (!hasNewMembers) {
            return null;
        }
        hasNewMembers = false;
        return members;
    }

    /** Takes the next frame, or null. */
    @Nullable Received poll() {
        Received next = frames.poll();
        if (next != null) {
            bytes.addAndGet(-(next.frame.length + OVERHEAD));
        }
        return next;
    }

    boolean isEmpty() {
        return frames.isEmpty() && !hasNewMembers;
    }

    long dropped() {
        return dropped.get();
    }
}
