package io.presence.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.fixture.NoSessions;
import io.presence.fixture.StoreParts;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.stats.Counters;
import io.presence.internal.stats.StatusCounts;
import io.presence.internal.store.Access;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.TrustedAccess;
import io.presence.internal.store.TtlPolicy;
import io.presence.internal.subscription.Subscriptions;
import io.presence.query.AttributePath;
import io.presence.query.Query;
import io.presence.testing.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The posting lists of indexes, and the entries that lists examine. */
class IndexedListTest {

    private static final Access TRUSTED = TrustedAccess.INSTANCE;
    private static final Duration TTL = Duration.ofSeconds(30);

    private final ManualClock clock = new ManualClock();
    private final Clocks clocks = new Clocks(this::nanos, clock);
    private final DirtyQueue dirty = new DirtyQueue(clocks, () -> {});
    private final PresenceTable entries = new PresenceTable(
            clocks,
            new TtlPolicy(TTL, TTL),
            dirty,
            1_000,
            List.of(AttributePath.of("userId"), AttributePath.of("status"), AttributePath.of("metadata", "room")));
    private final Subscriptions subscriptions = StoreParts.subscriptions(entries, new Counters());
    private final DutyCycle cycle = new DutyCycle(
            clocks,
            entries,
            dirty,
            subscriptions,
            Duration.ofMillis(8).toNanos(),
            new StatusCounts(),
            NoSessions.of(entries));
    private final Lister lister = new Lister(entries, new Counters());
    private int looks;
    private @Nullable Runnable overtaker;

    /* The store reads the clock between its looks at an id: there another writer may overtake. */
    private long nanos() {
        Runnable now = overtaker;
        overtaker = null;
        if (now != null) {
            now.run();
        }
        return clock.getAsLong();
    }

    private void upsert(String id, String userId, String status, Object room) {
        entries.upsert(PresenceUpsert.of(id, userId, status).metadata(Map.of("room", room)), TRUSTED);
    }

    private void drain() {
        while (cycle.doWork() > 0) {
            /* Until there is nothing left to dispatch. */
        }
    }

    /* Counts the states that are asked about: each candidate that is alive, once. */
    private Access counting() {
        return (Access) Proxy.newProxyInstance(
                Access.class.getClassLoader(), new Class<?>[] {Access.class}, (proxy, method, arguments) -> {
                    looks += method.getName().equals("canRead") ? 1 : 0;
                    return method.invoke(TRUSTED, arguments);
                });
    }

    private void assertLooks(int expected, Query... queries) {
        looks = 0;
        lister.list(counting(), queries);
        assertThat(looks).as("presences looked at").isEqualTo(expected);
    }

    @Test
    void list_byIndex_examinesTheCandidatesAlone() {
        for (int i = 0; i < 200; i++) {
            upsert("p" + i, "user" + i % 50, i % 2 == 0 ? "online" : "away", i % 10);
        }
        assertLooks(200);
        assertLooks(200, Query.notEqual("status", "online"));
        assertLooks(100, Query.equal("status", "online"));
        assertLooks(4, Query.equal("userId", "user7"));
        assertLooks(8, Query.equal("userId", "user7", "user8"), Query.equal("status", "online"));
        assertLooks(20, Query.equal("metadata.room", 3), Query.equal("status", "away"));
        assertLooks(0, Query.equal("metadata.room", 99), Query.equal("status", "away"));
        assertLooks(2, Query.equal("$id", "p3", "p4", "none"), Query.equal("metadata.room", 3));
    }

    @Test
    void list_ofEntryPostedTwice_examinesItOnce() {
        upsert("p", "ada", "online", 1);
        upsert("q", "bob", "busy", 1);
        drain();
        upsert("p", "ada", "away", 1);
        assertLooks(1, Query.equal("status", "online", "away", "gone"), Query.equal("userId", "ada"));
        assertLooks(1, Query.equal("status", "online", "away"));
        assertThat(lister.count(TRUSTED, Query.equal("status", "online", "away")))
                .isEqualTo(1);
    }

    @Test
    void postings_beforeDispatch_areOfCurrentAndDispatchedState() {
        upsert("p", "ada", "online", 1);
        assertThat(entries.postings()).isEqualTo(3);
        upsert("p", "ada", "away", 1);
        assertThat(entries.postings()).as("never delivered online").isEqualTo(3);
        drain();
        upsert("p", "ada", "busy", 2);
        assertThat(entries.postings()).isEqualTo(5);
        upsert("p", "ada", "gone", List.of());
        assertThat(entries.postings()).isEqualTo(4);
        drain();
        assertThat(entries.postings()).isEqualTo(2);
        entries.delete("p", null, TRUSTED);
        assertThat(entries.postings()).as("delivered, but gone").isEqualTo(2);
        drain();
        assertThat(entries.postings()).isZero();
    }

    @Test
    void postings_afterLostCreateRace_areRemoved() {
        overtaker = () -> upsert("p", "ada", "online", 1);
        upsert("p", "ada", "away", 2);
        assertThat(lister.list(TRUSTED, Query.equal("userId", "ada")).total()).isEqualTo(1);
        assertThat(lister.count(TRUSTED, Query.equal("status", "online"))).isZero();
        assertThat(entries.postings()).isEqualTo(3);
    }

    @Test
    void postings_ofUndispatchedIncarnation_endWithIt() {
        upsert("p", "ada", "online", 1);
        entries.delete("p", null, TRUSTED);
        assertThat(entries.postings()).isZero();
        drain();
        assertThat(entries.postings()).isZero();
    }

    @Test
    void postings_afterAllPresencesEnded_areNone() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            for (int step = 0; step < 200; step++) {
                act(random);
            }
            assertThat(entries.postings()).isPositive();
            if (seed % 2 == 0) {
                clock.advance(TTL);
            } else {
                for (int i = 0; i < 20; i++) {
                    entries.delete("p" + i, null, TRUSTED);
                }
            }
            drain();
            assertThat(lister.count(TRUSTED)).isZero();
            assertThat(entries.postings()).isZero();
        }
    }

    private void act(Random random) {
        String id = "p" + random.nextInt(20);
        switch (random.nextInt(8)) {
            case 0 -> entries.delete(id, null, TRUSTED);
            case 1 -> cycle.doWork();
            case 2 -> clock.advance(Duration.ofSeconds(random.nextInt(20)));
            case 3 -> patch(id, random);
            default -> {
                PresenceState old =
                        entries.find(id) == null ? null : entries.find(id).liveState(entries.now());
                String owner = old == null ? "user" + random.nextInt(5) : old.userId();
                upsert(id, owner, "s" + random.nextInt(3), random.nextInt(4));
            }
        }
    }

    private void patch(String id, Random random) {
        if (entries.get(id, TRUSTED) != null) {
            entries.update(id, PresencePatch.none().status("s" + random.nextInt(3)), TRUSTED);
        }
    }
}
