package io.presence.internal.cluster;

import static java.util.Objects.requireNonNull;

import io.presence.Channel;
import io.presence.ClusterSeeds;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.cluster.ClusterOptions;
import io.presence.cluster.ClusterStatus;
import io.presence.cluster.ClusterTransport;
import io.presence.cluster.IdleTime;
import io.presence.testing.ManualClock;
import io.presence.testing.RecordingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A store whose other nodes are frames that a test writes. Its own frames are read and recorded. */
final class WiredStore implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(2);

    final List<Frame> sent = new ArrayList<>();
    /* The number of frames that were sent before each close of the transport. */
    final List<Integer> closings = new ArrayList<>();
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
        public void close() {
            closings.add(sent.size());
        }
    }

    WiredStore() {
        this(options -> options);
    }

    WiredStore(UnaryOperator<ClusterOptions> options) {
        this(options, builder -> builder);
    }

    WiredStore(UnaryOperator<ClusterOptions> options, UnaryOperator<PresenceStoreBuilder> settings) {
        store = settings.apply(ClusterSeeds.of(PresenceStore.builder(), 1))
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
        receive(member, FrameWriter.write(frame));
    }

    /** Receives bytes from a member, and reads them. */
    void receive(String member, byte[] frame) {
        receiver.onFrame(member, frame);
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

    Instant now() {
        return clock.instant();
    }

    /** Moves the clock at once, as if this node had been paused. */
    void skip(Duration time) {
        clock.advance(time);
        rest();
    }

    /** Answers the last request for a snapshot with one chunk. */
    void answer(String member, NodeId origin, long revision, Copy... copies) {
        List<Frame.Pull> pulls = sent(Frame.Pull.class);
        long nonce = pulls.get(pulls.size() - 1).nonce();
        receive(member, new Frame.Chunk(0, origin, nonce, revision, 0, true, List.of(copies)));
    }

    /** Receives a digest of a node without presences, as a sign of life. */
    void hear(String member, NodeId origin) {
        receive(member, new Frame.Digest(0, origin, 0, 0, 0));
    }

    /** Moves the clock, and does nothing else. */
    void pass(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    /** Returns the milliseconds for which the dispatcher would sleep, rounded up. */
    long idleMillis() {
        return (IdleTime.of(store) + 999_999) / 1_000_000;
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

    /** The presences of this node that were sent, in their order. */
    List<Put> puts() {
        return operations().stream()
                .filter(Put.class::isInstance)
                .map(Put.class::cast)
                .toList();
    }

    /** The ends and the requests for an end that were sent, in their order. */
    List<End> ends() {
        return operations().stream()
                .filter(End.class::isInstance)
                .map(End.class::cast)
                .toList();
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
