package io.presence.cluster;

import io.presence.Channel;
import io.presence.ClusterSeeds;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import io.presence.testing.ManualClock;
import io.presence.testing.RecordingListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One node of a {@link TestCluster}: a caller-driven store, its clock, its transport and a trusted subscriber. */
final class TestNode {

    final String name;
    final ProbeTransport transport;
    final PresenceStore store;
    final RecordingListener events = RecordingListener.withSnapshot();
    long pausedUntil;
    /* Whether it runs only when its dispatcher would wake up, and how often it has. */
    boolean isEventDriven;
    int wakeUps;

    private static final int LIST = 5_000;

    private final ManualClock clock = new ManualClock();
    private long ranAt;
    private long dueAt;

    TestNode(
            String name,
            long now,
            long seed,
            ProbeTransport transport,
            UnaryOperator<ClusterOptions> options,
            UnaryOperator<PresenceStoreBuilder> settings) {
        this.name = name;
        this.ranAt = now;
        this.transport = transport;
        ClusterOptions base = ClusterOptions.over(transport).lease(TestCluster.LEASE);
        this.store = settings.apply(ClusterSeeds.of(PresenceStore.builder(), seed))
                .callerDriven()
                .nanoClock(clock)
                .wallClock(clock)
                .cluster(options.apply(base))
                .build();
        clock.setWall(ManualClock.START.plus(Duration.ofMinutes(seed % 7 * 61)));
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), events);
    }

    /** Moves the clock, and runs the store unless it is paused. */
    void runTo(long time) {
        if (time >= pausedUntil) {
            clock.advance(Duration.ofNanos(time - ranAt));
            ranAt = time;
            if (!isEventDriven || transport.takeWakeUp() || time >= dueAt) {
                wakeUps++;
                rest();
                dueAt = isEventDriven ? dueAfter(time) : time;
            }
        }
    }

    /** Wakes the dispatcher, as a write does. */
    void wakeUp() {
        dueAt = ranAt;
    }

    private long dueAfter(long time) {
        long idle = IdleTime.of(store);
        return idle == Long.MAX_VALUE ? idle : time + idle;
    }

    /** Runs the store at the present time until it has nothing to do. */
    void rest() {
        int cycles = 0;
        while (store.doWork() > 0) {
            if (++cycles > 100_000) {
                throw new AssertionError("the store must come to rest");
            }
        }
    }

    PresenceSession open(String user) {
        return store.open(Principal.user(user).build());
    }

    RecordingListener subscribe(Principal principal) {
        RecordingListener listener = RecordingListener.withSnapshot();
        store.as(principal)
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), listener);
        return listener;
    }

    /** The events of one id, as change and cause. */
    List<String> eventsOf(String id) {
        return eventsOf(events, id);
    }

    static List<String> eventsOf(RecordingListener listener, String id) {
        return listener.events().stream()
                .filter(event -> event.presence().id().equals(id))
                .map(TestNode::text)
                .toList();
    }

    private static String text(PresenceEvent event) {
        return event.cause() == null ? event.change().name() : event.change() + " " + event.cause();
    }

    /** All presences that the node shows, in a form that two nodes have alike. */
    Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        String last = null;
        List<Presence> page;
        do {
            page = last == null
                    ? store.list(Query.limit(LIST)).presences()
                    : store.list(Query.limit(LIST), Query.cursorAfter(last)).presences();
            for (Presence each : page) {
                shown.put(each.id(), SimulatedNode.text(each));
                last = each.id();
            }
        } while (page.size() == LIST);
        return shown;
    }

    ClusterStatus status() {
        return store.cluster().orElseThrow();
    }

    /** The status of another node, as this one sees it. */
    ClusterStatus.Peer peer(TestNode other) {
        return status().peers().stream()
                .filter(peer -> peer.node().equals(other.status().node()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " must know " + other.name));
    }

    long failures() {
        return store.health().failures().getOrDefault("TRANSPORT", 0L);
    }
}
