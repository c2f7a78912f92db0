package io.presence.internal.cluster;

import static java.util.Objects.requireNonNull;

import io.presence.Channel;
import io.presence.ClusterSeeds;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.cluster.ClusterOptions;
import io.presence.cluster.ClusterStatus;
import io.presence.cluster.ClusterTransport;
import io.presence.testing.ManualClock;
import io.presence.testing.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A store whose other nodes are frames that a test writes. Its own frames are read and recorded. */
final class WiredStore implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(2);

    final List<Frame> sent = new ArrayList<>();
    final RecordingListener events = RecordingListener.withSnapshot();
    final PresenceStore store;

    private static final Duration STEP = Duration.ofMillis(20);

    private final ManualClock clock = new ManualClock();
    private final Wire wire = new Wire();
    private ClusterTransport.Receiver receiver;

    private final class Wire implements ClusterTransport {

        @Override
        public void start(Receiver to) {
            receiver = to;
        }

        @Override
        public void broadcast(byte[] frame) {
            sent.add(requireNonNull(FrameReader.read(frame)));
        }

        @Override
        public void send(String member, byte[] frame) {
            broadcast(frame);
        }

        @Override
        public int maxFrameBytes() {
            return 1_000;
        }

        @Override
        public void close() {}
    }

    WiredStore() {
        this(options -> options);
    }

    WiredStore(UnaryOperator<ClusterOptions> options) {
        store = ClusterSeeds.of(PresenceStore.builder(), 1)
                .callerDriven()
                .nanoClock(clock)
                .wallClock(clock)
                .cluster(options.apply(ClusterOptions.over(wire).lease(LEASE)))
                .build();
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), events);
        rest();
    }

    /** A state with one number for its incarnation and its write. */
    static Put put(NodeId origin, String id, String user, String status, long number) {
        PresenceUpsert upsert = PresenceUpsert.of(id, user, status);
        long[] numbers = {number, number, 1, 1, 60_000, 60_001, 60_000};
        return new Put(new Claim(number, origin, number), FrameArbitraries.image(upsert, numbers, 0), 0);
    }

    /** Reports the members, and reads the report. */
    void members(String... names) {
        receiver.onMembers(Set.of(names));
        rest();
    }

    /** Receives a frame from a member, and reads it. */
    void receive(String member, Frame frame) {
        receiver.onFrame(member, FrameWriter.write(frame));
        rest();
    }

    /** Receives a delta of one operation. */
    void receive(String member, NodeId origin, long from, Operation... operations) {
        receive(member, new Frame.Delta(0, origin, from, List.of(operations)));
    }

    void run(long millis) {
        for (long left = millis; left > 0; left -= STEP.toMillis()) {
            clock.advance(STEP);
            rest();
        }
    }

    void rest() {
        int cycles = 0;
        while (store.doWork() > 0) {
            if (++cycles > 100_000) {
                throw new AssertionError("the store must come to rest");
            }
        }
    }

    <T extends Frame> List<T> sent(Class<T> kind) {
        return sent.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The operations of all deltas that were sent. */
    List<Operation> operations() {
        return sent(Frame.Delta.class).stream()
                .flatMap(delta -> delta.operations().stream())
                .toList();
    }

    ClusterStatus status() {
        return store.cluster().orElseThrow();
    }

    /** The events of one id, as change and cause. */
    List<String> eventsOf(String id) {
        return events.events().stream()
                .filter(event -> event.presence().id().equals(id))
                .map(event -> event.cause() == null ? event.change().name() : event.change() + " " + event.cause())
                .toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
