package io.presence.internal.cluster;

import io.presence.cluster.ClusterOptions;
import io.presence.cluster.ClusterTransport;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.PresenceTable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * The connection of one store to the other nodes, which its presences and its locks share. Each is a space with an
 * exchange of its own: 0 is that of the presences, and {@link FrameFormat#LOCK_SPACE} that of the locks.
 *
 * <p><b>Threads.</b> {@link #onFrame} and {@link #onMembers} by any thread, the rest by the thread that builds the
 * store.
 */
public final class ClusterLink implements ClusterTransport.Receiver {

    private final ClusterOptions options;
    private final Clocks clocks;
    private final FailureLog failures;
    private final RandomGenerator random;
    private final Runnable wakeUp;
    private final NodeId self;
    private final Outbox outbox;
    /* At the number of each space. */
    private final List<Inbox> inboxes = new CopyOnWriteArrayList<>();

    /**
     * Creates a connection that is not started.
     *
     * @param random the source of the identity of this node
     * @param wakeUp wakes the dispatcher
     */
    public ClusterLink(
            ClusterOptions options, Clocks clocks, FailureLog failures, RandomGenerator random, Runnable wakeUp) {
        this.options = options;
        this.clocks = clocks;
        this.failures = failures;
        this.random = random;
        this.wakeUp = wakeUp;
        this.self = new NodeId(random.nextLong(), random.nextLong());
        this.outbox = new Outbox(options.transport(), failures);
    }

    /** The source of numbers that other nodes do not have. */
    public RandomGenerator random() {
        return random;
    }

    /** Creates the exchange of the next space. */
    public Replication open(PresenceTable table) {
        Inbox inbox = new Inbox(wakeUp);
        inboxes.add(inbox);
        table.startIncarnations(random);
        outbox.use();
        return new Replication(inboxes.size() - 1, self, options, table, clocks, failures, random, inbox, outbox);
    }

    /**
     * Joins the other nodes.
     *
     * @throws RuntimeException that of the transport
     */
    public void start() {
        options.transport().start(this);
    }

    /** Leaves the other nodes at once, if the store could not be built. */
    public void abandon() {
        options.transport().close();
    }

    @Override
    public void onFrame(String member, byte[] frame) {
        int space = frame.length > FrameFormat.SPACE_OFFSET ? frame[FrameFormat.SPACE_OFFSET] : 0;
        /* A frame of another space is malformed, or is not for this store: the first exchange decides. */
        inboxes.get(space > 0 && space < inboxes.size() ? space : 0).onFrame(member, frame);
    }

    @Override
    public void onMembers(Set<String> others) {
        inboxes.forEach(inbox -> inbox.onMembers(others));
    }
}
