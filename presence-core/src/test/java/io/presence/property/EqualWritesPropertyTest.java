package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * One presence that is never changed, only kept alive, by every kind of heartbeat: its lease and its events are those
 * of an oracle that has one deadline and one lifetime, whenever the dispatcher runs.
 */
class EqualWritesPropertyTest {

    private static final Duration TICK = PresenceStoreBuilder.DEFAULT_TICK;
    private static final PresenceUpsert UPSERT =
            PresenceUpsert.of("p", "ada", "online").metadata(Map.of("room", "r1", "at", List.of(1, 2)));

    /** The kinds of beats, by which a lifetime of some milliseconds begins. */
    enum Kind {
        UPSERT,
        PATCH,
        PATCH_UNTIL,
        TOUCH,
        TOUCH_FOR,
        PATCH_WITHOUT_LIFETIME,
        READ
    }

    /** Some time passes, the dispatcher runs or not, then a beat comes. */
    record Beat(int passing, boolean isDispatched, Kind kind, int ttl) {}

    /** The slow oracle, in milliseconds since the start. */
    private static final class Oracle {
        private long now;
        private long deadline;
        private long ttl;
        private int incarnations;
        private boolean isOver = true;

        boolean isAlive() {
            isOver |= now >= deadline;
            return !isOver;
        }

        void write(long lifetime) {
            incarnations += isAlive() ? 0 : 1;
            isOver = false;
            ttl = lifetime;
            deadline = now + lifetime;
        }

        void touch(long lifetime) {
            if (isAlive()) {
                deadline = Math.max(deadline, now + (lifetime == 0 ? ttl : lifetime));
            }
        }
    }

    @Property(tries = 500)
    @Promise("unchanged-write")
    void equalWrites_ofOnePresence_setTheLeaseAsTheOracle(@ForAll("histories") List<Beat> history) {
        try (TestStore test = TestStore.create()) {
            Oracle oracle = new Oracle();
            Recorder delivered = test.follow(test.store());
            for (Beat beat : history) {
                test.clock().advance(Duration.ofMillis(beat.passing()));
                oracle.now += beat.passing();
                if (beat.isDispatched()) {
                    test.drain();
                }
                apply(test.store(), oracle, beat);
                check(test.store(), oracle);
            }
            test.drain();
            Duration left = Duration.ofMillis(Math.max(0, oracle.deadline - oracle.now));
            if (oracle.isAlive()) {
                test.pass(left.minusNanos(1));
                assertThat(test.store().get("p")).isNotNull();
                test.pass(TICK.plusNanos(1));
            } else {
                test.pass(TICK);
            }
            checkEvents(delivered, oracle);
        }
    }

    private static void apply(PresenceStore store, Oracle oracle, Beat beat) {
        Duration ttl = Duration.ofMillis(beat.ttl());
        Instant until = ManualClock.START.plusMillis(oracle.now + beat.ttl());
        switch (beat.kind()) {
            case UPSERT -> {
                store.upsert(UPSERT.expiresIn(ttl));
                oracle.write(beat.ttl());
            }
            case PATCH -> patch(store, oracle, PresencePatch.none().expiresIn(ttl), beat.ttl());
            case PATCH_UNTIL ->
                patch(store, oracle, PresencePatch.none().status("online").expiresAt(until), beat.ttl());
            case TOUCH -> {
                assertThat(store.touch("p")).isEqualTo(oracle.isAlive());
                oracle.touch(0);
            }
            case TOUCH_FOR -> {
                assertThat(store.touch("p", ttl)).isEqualTo(oracle.isAlive());
                oracle.touch(beat.ttl());
            }
            case PATCH_WITHOUT_LIFETIME ->
                patch(store, oracle, PresencePatch.none().status("online"), 0);
            case READ -> assertThat(store.count()).isEqualTo(oracle.isAlive() ? 1 : 0);
        }
    }

    private static void patch(PresenceStore store, Oracle oracle, PresencePatch patch, long ttl) {
        try {
            store.update("p", patch);
            assertThat(oracle.isAlive()).isTrue();
            if (ttl > 0) {
                oracle.write(ttl);
            }
        } catch (PresenceException refused) {
            assertThat(oracle.isAlive()).isFalse();
        }
    }

    private static void check(PresenceStore store, Oracle oracle) {
        Presence found = store.get("p");
        assertThat(found != null).isEqualTo(oracle.isAlive());
        if (found != null) {
            assertThat(millis(found.expiresAt())).isEqualTo(oracle.deadline);
            assertThat(millis(found.lastSeenAt())).isEqualTo(Math.min(oracle.now, oracle.deadline - oracle.ttl));
            assertThat(found.updatedAt()).isEqualTo(found.createdAt());
            assertThat(store.list().presences()).containsExactly(found);
        }
    }

    private static long millis(Instant at) {
        return Duration.between(ManualClock.START, at).toMillis();
    }

    /* An incarnation that ended between two duty cycles was never delivered. */
    private static void checkEvents(Recorder delivered, Oracle oracle) {
        List<String> lines = delivered.takeLines();
        assertThat(lines.size()).isLessThanOrEqualTo(2 * oracle.incarnations);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).isEqualTo(i % 2 == 0 ? "ENTER p online" : "EXIT p EXPIRED");
        }
        delivered.events().stream()
                .filter(event -> event.cause() == Cause.EXPIRED)
                .forEach(exit -> {
                    assertThat(exit.presence().expiresAt()).isEqualTo(exit.endedAt());
                    assertThat(exit.lastSeenAt()).isBefore(exit.endedAt());
                });
        assertThat(lines.size() % 2).isZero();
    }

    @Provide
    Arbitrary<List<Beat>> histories() {
        Arbitrary<Integer> passing = Arbitraries.of(0, 0, 1, 3, 7, 8, 20, 500);
        Arbitrary<Integer> ttl = Arbitraries.of(1, 7, 8, 9, 30, 100, 5_000, 700_000);
        return Combinators.combine(passing, Arbitraries.of(true, false), Arbitraries.of(Kind.values()), ttl)
                .as(Beat::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(50);
    }
}
