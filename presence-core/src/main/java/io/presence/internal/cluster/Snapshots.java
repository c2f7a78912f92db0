package io.presence.internal.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that this node is sending, in chunks, at a limited rate. A snapshot has the presences whose last change
 * is not after its start, and has not changed when their turn comes. The receiver gets each later change as such.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Snapshots {

    private static final long BYTES_PER_MILLI = 32_000;
    private static final long MAX_BURST = 256_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int space;
    private final NodeId self;
    private final Outbox outbox;
    private final int maxFrameBytes;
    private final List<Running> running = new ArrayList<>();
    private long credit = MAX_BURST;
    private long creditedAt;

    /* One snapshot: the next presence to send, and the chunks. */
    private static final class Running {
        private final String member;
        private final long revision;
        private final ChunkBuilder chunks;
        private @Nullable Ownership next;

        Running(String member, long revision, ChunkBuilder chunks, @Nullable Ownership next) {
            this.member = member;
            this.revision = revision;
            this.chunks = chunks;
            this.next = next;
        }

        @Nullable Ownership peek() {
            return next != null && next.revision <= revision ? next : null;
        }
    }

    Snapshots(int space, NodeId self, Outbox outbox, int maxFrameBytes) {
        this.space = space;
        this.self = self;
        this.outbox = outbox;
        this.maxFrameBytes = maxFrameBytes;
    }

    /** Starts a snapshot, in place of one to the same member. */
    void start(String member, long nonce, long revision, @Nullable Ownership first) {
        running.removeIf(each -> each.member.equals(member));
        ChunkBuilder chunks = new ChunkBuilder(space, self, nonce, revision, maxFrameBytes);
        running.add(new Running(member, revision, chunks, first));
    }

    /** Ends the snapshots to members that have left. */
    void retain(Set<String> members) {
        running.removeIf(each -> !members.contains(each.member));
    }

    /** Moves each snapshot past a presence that is about to leave its place. */
    void skip(Ownership moved) {
        for (int i = 0; i < running.size(); i++) {
            Running each = running.get(i);
            if (each.next == moved) {
                each.next = moved.next;
            }
        }
    }

    /** Sends as many chunks as the rate permits, and returns their number. */
    int advance(long now) {
        long elapsed = Math.max(0, now - creditedAt);
        creditedAt = now;
        credit = Math.min(
                MAX_BURST,
                credit
                        + elapsed / NANOS_PER_MILLI * BYTES_PER_MILLI
                        + elapsed % NANOS_PER_MILLI * BYTES_PER_MILLI / NANOS_PER_MILLI);
        int sent = 0;
        while (!running.isEmpty() && credit > 0) {
            /* In turn, so that a small node does not wait behind a large snapshot. */
            Running turn = running.remove(0);
            if (sendChunk(turn)) {
                running.add(turn);
            }
            sent++;
        }
        return sent;
    }

    /* False after the last one. */
    private boolean sendChunk(Running turn) {
        Ownership each;
        while ((each = turn.peek()) != null
                && turn.chunks.add(new Copy(each.revision, new Put(each.claim, each.state.image(), 0)))) {
            turn.next = each.next;
        }
        byte[] chunk = turn.chunks.finish(each == null);
        credit -= chunk.length;
        outbox.send(turn.member, chunk);
        return each != null;
    }

    /** Returns the nanoseconds until a chunk can be sent, or {@link Long#MAX_VALUE}. */
    long idleNanos() {
        if (running.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return credit > 0 ? 0 : (1 - credit) * NANOS_PER_MILLI / BYTES_PER_MILLI + 1;
    }
}
