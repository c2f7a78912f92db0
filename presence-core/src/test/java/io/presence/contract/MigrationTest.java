package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps that users know from other stores with a TTL, as docs/guide/migrating.md lists them. */
class MigrationTest {

    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration TICK = PresenceStoreBuilder.DEFAULT_TICK;
    private static final Duration NANO = Duration.ofNanos(1);
    private static final PresenceUpsert ONLINE =
            PresenceUpsert.of("p", "ada", "online").expiresIn(TTL);

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();
    private final Recorder received = test.follow(store);

    @AfterEach
    void close() {
        test.close();
    }

    /** Lets the time pass until the end, and fails unless the presence ends then and the listener receives it. */
    private void assertEndsAfter(Duration left) {
        Instant end = test.clock().instant().plus(left);
        received.take();
        test.pass(left.minus(NANO));
        assertThat(store.get("p")).as("1 ns before " + end).isNotNull();
        assertThat(received.takeLines()).as("1 ns before " + end).isEmpty();
        test.pass(NANO);
        assertThat(store.get("p")).as("at " + end).isNull();
        test.pass(TICK);
        PresenceEvent exit = received.takeOne();
        assertThat(exit.change()).isEqualTo(Change.EXIT);
        assertThat(exit.endedAt()).isEqualTo(end.truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * Caffeine ignores a renewal within one second of the last one. With a heartbeat that skips each write of the lease
     * within 500 ms of the last one, this fails for 1 and 300 ms.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 300, 900})
    @Promise("every-heartbeat-counts")
    void touch_atGapsOf1And300And900Millis_endsExactlyOneTtlAfterTheLast(int gap) {
        assertEndsOneTtlAfterTheLast(gap, beat -> assertThat(store.touch("p")).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300, 900})
    @Promise("every-heartbeat-counts")
    void upsertsAndTouches_atGapsOf1And300And900Millis_endExactlyOneTtlAfterTheLast(int gap) {
        assertEndsOneTtlAfterTheLast(gap, beat -> {
            if (beat % 2 == 0) {
                store.upsert(ONLINE);
            } else {
                store.touch("p");
            }
        });
    }

    private void assertEndsOneTtlAfterTheLast(int gap, Consumer<Integer> heartbeat) {
        store.upsert(ONLINE);
        test.drain();
        assertThat(received.takeLines()).containsExactly("ENTER p online");
        for (int beat = 0; beat < 51; beat++) {
            test.pass(Duration.ofMillis(gap));
            heartbeat.accept(beat);
        }
        test.drain();
        assertThat(received.takeLines()).as("heartbeats are no events").isEmpty();
        assertEndsAfter(TTL);
    }

    /**
     * Hazelcast rounds to whole seconds of the wall clock, and so ends a TTL up to one second early. With the first
     * deadline of a presence rounded down to a whole second, this fails at the second phase.
     */
    @Test
    @Promise("never-early")
    void expiry_atEachMillisecondOfTheWallSecond_isAtTheDeadline() {
        for (int millis = 0; millis < 1000; millis++) {
            test.clock().setWall(ManualClock.START.plusMillis(millis));
            store.upsert(ONLINE.expiresIn(Duration.ofSeconds(2)));
            test.drain();
            assertEndsAfter(Duration.ofSeconds(2));
        }
    }

    /**
     * Nothing has found the end when the presence is written again. Ehcache swallows the end then, and the adapter of
     * cache2k to JCache the write. If a presence can be revived for 8 ms after its deadline, this fails for each case.
     */
    @ParameterizedTest
    @CsvSource({"0, online", "1, online", "1000000, online", "7999999, online", "0, away", "1, away", "7999999, away"})
    @Promise("unchanged-no-revival")
    void upsert_betweenTheDeadlineAndItsDispatch_isExitEnterAndAWholeNewLife(long nanosAfter, String status) {
        store.upsert(ONLINE);
        test.drain();
        received.take();
        Instant end = test.clock().instant().plus(TTL);

        test.clock().advance(TTL.plusNanos(nanosAfter));
        Duration longer = TTL.plusSeconds(2);
        Presence second = store.upsert(PresenceUpsert.of("p", "ada", status).expiresIn(longer))
                .presence();
        assertThat(second.createdAt()).isEqualTo(test.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        test.drain();

        assertThat(received.events().get(1).endedAt()).isEqualTo(end);
        assertThat(received.takeLines()).containsExactly("EXIT p EXPIRED", "ENTER p " + status);
        assertThat(store.get("p")).isEqualTo(second);
        assertEndsAfter(longer);
    }

    /** A read renews an entry of expireAfterAccess in Caffeine, and is an event in JCache. */
    @Test
    @Promise("reads-renew-nothing")
    void reads_ofEachKind_renewNothingAndDeliverNothing() {
        store.upsert(ONLINE);
        for (int i = 1; i < 50; i++) {
            test.pass(Duration.ofMillis(100));
            assertThat(store.get("p")).isNotNull();
            assertThat(store.list(Query.equal("userId", "ada")).total()).isEqualTo(1);
            assertThat(store.count()).isEqualTo(1);
            assertThat(store.explain().candidates()).isEqualTo(1);
            test.follow(store).assertClean();
        }
        assertThat(received.takeLines()).containsExactly("ENTER p online");
        assertEndsAfter(Duration.ofMillis(100));
    }

    /**
     * The page has the figures of other stores for this load: TTLs of 1 to 5 seconds, beside as many presences that
     * live on. Redis falls behind by seconds then. With every second tick left out by the timer wheel, this fails.
     */
    @Test
    @Promise("never-early")
    void endsOf10000_thatNobodyTouches_areEachDeliveredOnceWithinOneTick() {
        Map<String, Instant> deadlines = upsertShortAndLong(10_000);
        while (test.clock().instant().isBefore(ManualClock.START.plusSeconds(6))) {
            test.pass(Duration.ofMillis(1));
            for (PresenceEvent exit : received.take()) {
                Instant deadline = deadlines.remove(exit.presence().id());
                assertThat(Duration.between(deadline, test.clock().instant())).isBetween(Duration.ZERO, TICK);
            }
        }
        assertThat(deadlines).isEmpty();
        assertThat(store.count()).isEqualTo(10_000);
    }

    /** Returns the deadlines of the short ones. */
    private Map<String, Instant> upsertShortAndLong(int count) {
        Random random = new Random(1);
        Map<String, Instant> deadlines = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Duration ttl = Duration.ofNanos(random.nextLong(1_000_000_000L, 5_000_000_000L));
            store.upsert(PresenceUpsert.of("short" + i, "ada", "online").expiresIn(ttl));
            store.upsert(PresenceUpsert.of("long" + i, "ada", "online").expiresIn(Duration.ofHours(1)));
            deadlines.put("short" + i, test.clock().instant().plus(ttl));
        }
        test.drain();
        assertThat(received.take()).hasSize(2 * count);
        return deadlines;
    }
}
