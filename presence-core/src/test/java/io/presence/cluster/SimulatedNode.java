package io.presence.cluster;

import io.presence.Channel;
import io.presence.ClusterSeeds;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceStore;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import io.presence.testing.ManualClock;
import io.presence.testing.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One node of a simulation: a store that the test drives, its clock, and a subscriber that records all events. */
final class SimulatedNode {

    final String name;
    final PresenceStore store;
    final RecordingListener events = RecordingListener.withSnapshot();
    final List<PresenceEvent> ofStranger = new ArrayList<>();
    final List<PresenceSession> sessions = new ArrayList<>();

    private final ManualClock clock = new ManualClock();
    private long ranAt;
    long pausedUntil;

    SimulatedNode(SimulatedNetwork network, String name, long seed, ClusterOptions options, Duration skew) {
        this.name = name;
        this.ranAt = network.now();
        this.store = ClusterSeeds.of(PresenceStore.builder(), seed)
                .callerDriven()
                .nanoClock(clock)
                .wallClock(clock)
                .cluster(options)
                .build();
        clock.setWall(ManualClock.START.plus(skew));
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), events);
        store.as(Principal.user("stranger").build())
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), ofStranger::add);
    }

    /** Moves the clock, and runs the store unless it is paused. */
    void runTo(long time) {
        if (time >= pausedUntil) {
            clock.advance(Duration.ofNanos(time - ranAt));
            ranAt = time;
            int cycles = 0;
            while (store.doWork() > 0) {
                if (++cycles > 10_000) {
                    throw new AssertionError("the store must come to rest");
                }
            }
        }
    }

    /** All presences that the node shows, in a form that two nodes have alike. */
    Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        for (Presence each : store.list(Query.limit(1_000)).presences()) {
            shown.put(each.id(), text(each));
        }
        return shown;
    }

    static String text(Presence each) {
        return each.userId() + " " + each.status() + " " + each.metadata() + " " + each.permissions() + " "
                + each.version() + " " + each.createdAt() + " " + each.updatedAt();
    }

    ClusterStatus status() {
        return store.cluster().orElseThrow();
    }
}
