package io.presence.contract;

import static io.presence.PresenceException.Code.CURSOR_NOT_FOUND;
import static io.presence.PresenceException.Code.NOT_FOUND;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Presence;
import io.presence.PresencePatch;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deadline of a presence: TTL, heartbeats, expiry and both clocks. */
class ExpiryTest {

    private static final Instant START = ManualClock.START;
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final PresenceUpsert UPSERT =
            PresenceUpsert.of("p", "ada", "online").expiresIn(TTL);

    private final TestStore test = TestStore.create(builder -> builder.maxTtl(Duration.ofHours(1)));
    private final PresenceStore store = test.store();
    private final ManualClock clock = test.clock();

    @AfterEach
    void close() {
        test.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Promise("expired-at-deadline")
    void anyMethod_oneNanosecondBeforeDeadline_findsThePresence(boolean rounds) {
        store.upsert(UPSERT);
        pass(TTL.minusNanos(1), rounds);
        assertThat(store.get("p")).isNotNull();
        assertThat(store.list().total()).isEqualTo(1);
        assertThat(store.count()).isEqualTo(1);
        assertThat(store.update("p", PresencePatch.none().status("away"))
                        .presence()
                        .createdAt())
                .isEqualTo(START);
        assertThat(store.touch("p")).isTrue();
        assertThat(store.delete("p")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Promise("expired-at-deadline")
    void anyMethod_atDeadline_doesNotFindThePresence(boolean rounds) {
        store.upsert(UPSERT);
        pass(TTL, rounds);
        assertThat(store.get("p")).isNull();
        assertThat(store.list().presences()).isEmpty();
        assertThat(store.count()).isZero();
        assertThat(store.touch("p")).isFalse();
        assertThat(store.touch("p", TTL)).isFalse();
        assertRefused(NOT_FOUND, () -> store.update("p", PresencePatch.none().status("away")));
        assertRefused(NOT_FOUND, () -> store.update("p", PresencePatch.none().expiresIn(TTL)));
        assertRefused(CURSOR_NOT_FOUND, () -> store.list(Query.cursorAfter("p")));
        assertThat(store.delete("p")).isFalse();
    }

    /* Each first to see the end, on its own. */
    @Test
    @Promise("expired-at-deadline")
    void anyMethod_firstToObserveTheDeadline_doesNotFindThePresence() {
        for (Runnable look : new Runnable[] {
            () -> assertThat(store.get("p")).isNull(),
            () -> assertThat(store.list().total()).isZero(),
            () -> assertThat(store.count()).isZero(),
            () -> assertThat(store.touch("p")).isFalse(),
            () -> assertThat(store.touch("p", TTL)).isFalse(),
            () -> assertThat(store.delete("p")).isFalse(),
            () -> assertRefused(NOT_FOUND, () -> store.update("p", PresencePatch.none())),
            () -> assertRefused(
                    NOT_FOUND, () -> store.update("p", PresencePatch.none().expiresIn(TTL))),
            () -> test.drain()
        }) {
            store.upsert(UPSERT);
            test.drain();
            clock.advance(TTL);
            look.run();
            assertThat(store.get("p")).isNull();
            assertThat(store.touch("p")).isFalse();
        }
    }

    private void pass(Duration time, boolean rounds) {
        if (rounds) {
            test.drain();
            test.pass(time);
        } else {
            clock.advance(time);
        }
    }

    @Test
    void upsert_onExpiredPresence_startsNewIncarnation() {
        Recorder delivered = test.follow(store);
        store.upsert(UPSERT);
        test.drain();
        clock.advance(TTL);
        Presence reborn = store.upsert(UPSERT).presence();
        assertThat(reborn.createdAt()).isEqualTo(START.plus(TTL));
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online", "EXIT p EXPIRED", "ENTER p online");
        assertThat(delivered.assembled()).containsEntry("p", reborn);
    }

    @Test
    @Promise("never-early")
    void exit_byExpiry_isDeliveredWithinOneTickAndNotBeforeTheDeadline() {
        Recorder delivered = test.follow(store);
        store.upsert(UPSERT);
        test.drain();
        delivered.take();
        test.pass(TTL.minusNanos(1));
        assertThat(delivered.takeLines()).isEmpty();
        test.pass(PresenceStoreBuilder.DEFAULT_TICK.plusNanos(1));
        assertThat(delivered.takeLines()).containsExactly("EXIT p EXPIRED");
    }

    @Test
    @Promise("never-early")
    void exit_ofEveryTtl_isDeliveredWithinOneTick() {
        Recorder delivered = test.follow(store);
        Duration tick = PresenceStoreBuilder.DEFAULT_TICK;
        for (long millis : new long[] {1, 7, 8, 9, 63, 511, 512, 513, 32_767, 32_768, 60_000, 262_145, 3_599_999}) {
            Duration ttl = Duration.ofMillis(millis);
            store.upsert(UPSERT.expiresIn(ttl));
            test.drain();
            test.pass(ttl.minusNanos(1));
            assertThat(delivered.takeLines()).as(ttl.toString()).containsExactly("ENTER p online");
            test.pass(tick.plusNanos(1));
            assertThat(delivered.takeLines()).as(ttl.toString()).containsExactly("EXIT p EXPIRED");
        }
    }

    @Test
    void touch_always_restartsTheTtl() {
        store.upsert(UPSERT);
        for (int beat = 0; beat < 10; beat++) {
            test.pass(TTL.minusNanos(1));
            assertThat(store.touch("p")).isTrue();
        }
        test.pass(TTL.minusNanos(1));
        assertThat(store.get("p")).isNotNull();
        test.clock().advance(Duration.ofNanos(1));
        assertThat(store.get("p")).isNull();
    }

    @Test
    void touch_always_deliversNothing() {
        store.upsert(UPSERT);
        Recorder delivered = test.follow(store);
        delivered.take();
        clock.advance(Duration.ofSeconds(10));
        store.touch("p");
        test.pass(Duration.ofSeconds(25));
        assertThat(delivered.takeLines()).isEmpty();
        assertThat(store.get("p").updatedAt()).isEqualTo(START);
        test.pass(Duration.ofSeconds(6));
        assertThat(delivered.takeLines()).containsExactly("EXIT p EXPIRED");
    }

    @Test
    void touch_withShorterTtl_keepsTheDeadline() {
        store.upsert(UPSERT);
        assertThat(store.touch("p", Duration.ofSeconds(1))).isTrue();
        assertTimeLeft(TTL);

        store.upsert(UPSERT);
        assertThat(store.touch("p", TTL.plusSeconds(10))).isTrue();
        assertThat(store.touch("p", Duration.ofSeconds(1))).isTrue();
        assertThat(store.touch("p")).isTrue();
        assertTimeLeft(TTL.plusSeconds(10));
    }

    @Test
    void touch_withTtl_keepsTheTtlOfTheLastWrite() {
        store.upsert(UPSERT);
        store.touch("p", TTL.plusSeconds(10));
        clock.advance(TTL.plusSeconds(5));
        store.touch("p");
        assertTimeLeft(TTL);
    }

    @Test
    void touch_withoutTtl_usesTheLastWriteWithTtl() {
        store.upsert(UPSERT);
        store.update("p", PresencePatch.none().expiresIn(Duration.ofSeconds(5)));
        store.update("p", PresencePatch.none().status("away"));
        store.touch("p", TTL);
        clock.advance(TTL.minusNanos(1));
        store.touch("p");
        assertTimeLeft(Duration.ofSeconds(5));
    }

    @Test
    void touch_afterWriteWithExpiresAt_renewsTheTimeLeftAtTheWrite() {
        store.upsert(UPSERT.expiresAt(START.plusSeconds(12)));
        clock.advance(Duration.ofSeconds(10));
        store.touch("p");
        assertTimeLeft(Duration.ofSeconds(12));
    }

    @Test
    void update_withoutTtl_keepsTheDeadlineOfTheHeartbeat() {
        store.upsert(UPSERT);
        clock.advance(Duration.ofSeconds(20));
        store.touch("p");
        Presence away = store.update("p", PresencePatch.none().status("away")).presence();
        assertThat(away.expiresAt()).isEqualTo(START.plusSeconds(50));
        clock.advance(Duration.ofSeconds(5));
        store.touch("p");
        assertThat(store.get("p").expiresAt()).isEqualTo(START.plusSeconds(55));
        assertTimeLeft(TTL);
    }

    @Test
    void updateOrUpsert_withShorterTtl_shortensTheDeadline() {
        Recorder delivered = test.follow(store);
        store.upsert(UPSERT);
        test.drain();
        store.update("p", PresencePatch.none().expiresIn(Duration.ofSeconds(5)));
        test.drain();
        assertTimeLeft(Duration.ofSeconds(5));
        test.pass(Duration.ofMillis(8));
        assertThat(delivered.takeLines()).containsExactly("ENTER p online", "EXIT p EXPIRED");

        store.upsert(UPSERT);
        test.drain();
        store.upsert(UPSERT.expiresIn(Duration.ofSeconds(5)));
        test.drain();
        assertTimeLeft(Duration.ofSeconds(5));
        test.pass(Duration.ofMillis(8));
        assertThat(delivered.takeLines()).containsExactly("ENTER p online", "EXIT p EXPIRED");
    }

    @Test
    void updateOrUpsert_withLongerTtl_extendsTheDeadline() {
        Recorder delivered = test.follow(store);
        store.upsert(UPSERT);
        test.drain();
        clock.advance(Duration.ofSeconds(20));
        store.update("p", PresencePatch.none().expiresIn(TTL));
        test.drain();
        assertTimeLeft(TTL);
        test.pass(Duration.ofMillis(8));
        assertThat(delivered.takeLines()).containsExactly("ENTER p online", "EXIT p EXPIRED");
    }

    /** Fails unless the presence expires after exactly this time. */
    private void assertTimeLeft(Duration left) {
        clock.advance(left.minusNanos(1));
        assertThat(store.get("p")).as("1 ns before").isNotNull();
        clock.advance(Duration.ofNanos(1));
        assertThat(store.get("p")).as("at the deadline").isNull();
    }

    @Test
    void expiresAt_afterHeartbeats_showsTheExtendedDeadline() {
        assertThat(store.upsert(UPSERT).presence().expiresAt()).isEqualTo(START.plusSeconds(30));
        clock.advance(Duration.ofMillis(1500));
        assertThat(store.get("p").expiresAt()).isEqualTo(START.plusSeconds(30));
        store.touch("p");
        assertThat(store.get("p").expiresAt()).isEqualTo(START.plusMillis(31_500));
        assertThat(store.list().presences().get(0).expiresAt()).isEqualTo(START.plusMillis(31_500));
        assertThat(store.count(Query.greaterThan("expiresAt", START.plusMillis(31_499))))
                .isEqualTo(1);
        assertThat(store.count(Query.greaterThan("expiresAt", START.plusMillis(31_500))))
                .isZero();
    }

    @Test
    void get_withoutHeartbeat_returnsTheSameObject() {
        store.upsert(UPSERT);
        assertThat(store.get("p")).isSameAs(store.get("p"));
        clock.advance(Duration.ofSeconds(1));
        store.touch("p", Duration.ofSeconds(1));
        assertThat(store.get("p")).isSameAs(store.get("p"));
    }

    @Test
    void expiresAt_givenByWriter_isShownInWholeMilliseconds() {
        assertThat(store.upsert(UPSERT.expiresAt(START.plusMillis(1_234).plusNanos(999_999)))
                        .presence()
                        .expiresAt())
                .isEqualTo(START.plusMillis(1_234));
        assertTimeLeft(Duration.ofMillis(1_234));
        Presence soon =
                store.upsert(UPSERT.expiresAt(clock.instant().plusNanos(1))).presence();
        assertThat(soon.expiresAt()).isEqualTo(soon.updatedAt().plusMillis(1));
        assertTimeLeft(Duration.ofMillis(1));
    }

    @Test
    void upsert_withTtlOfOneNanosecond_isAccepted() {
        store.upsert(UPSERT.expiresIn(Duration.ofNanos(1)));
        assertThat(store.get("p")).isNotNull();
        assertTimeLeft(Duration.ofNanos(1));
    }

    @Test
    @Promise("wall-clock-jumps")
    void wallClock_jumpingAhead_endsNothing() {
        store.upsert(UPSERT);
        test.drain();
        clock.setWall(clock.instant().plus(Duration.ofDays(365)));
        test.drain();
        assertThat(store.get("p").expiresAt()).isEqualTo(START.plusSeconds(30));
        assertThat(store.touch("p")).isTrue();
        assertTimeLeft(TTL);
    }

    @Test
    @Promise("wall-clock-jumps")
    void wallClock_jumpingBack_keepsNothing() {
        store.upsert(UPSERT);
        test.drain();
        clock.setWall(clock.instant().plus(Duration.ofDays(-365)));
        test.drain();
        assertThat(store.get("p").expiresAt()).isEqualTo(START.plusSeconds(30));
        assertTimeLeft(TTL);
    }

    @Test
    void touch_afterWallClockJump_showsExpiresAtOfTheNewTime() {
        store.upsert(UPSERT);
        clock.setWall(clock.instant().plus(Duration.ofDays(365)));
        clock.advance(Duration.ofSeconds(10));
        store.touch("p");
        assertThat(store.get("p").expiresAt())
                .isEqualTo(START.plus(Duration.ofDays(365)).plusSeconds(40));
        assertTimeLeft(TTL);
    }

    @Test
    void expiresAt_givenByWriter_isConvertedOnceAtTheWrite() {
        store.upsert(UPSERT.expiresAt(START.plusSeconds(30)));
        clock.setWall(clock.instant().plus(Duration.ofSeconds(29)));
        assertTimeLeft(TTL);
    }

    @Test
    void upsert_withTtlOverMaximum_isRefused() {
        Duration max = Duration.ofHours(1);
        store.upsert(UPSERT.expiresIn(max));
        store.touch("p", max);
        store.update("p", PresencePatch.none().expiresIn(max));
        store.update("p", PresencePatch.none().expiresAt(START.plus(max)));
        Duration over = max.plusNanos(1);
        assertRefusedArgument(
                "expiresIn must be positive and at most PT1H: PT1H0.000000001S",
                () -> store.upsert(UPSERT.expiresIn(over)));
        assertRefusedArgument(
                "expiresIn must be positive and at most PT1H: PT1H0.000000001S",
                () -> store.update("p", PresencePatch.none().expiresIn(over)));
        assertRefusedArgument("ttl must be positive and at most PT1H: PT1H0.000000001S", () -> store.touch("p", over));
        assertRefusedArgument(
                "ttl must be positive and at most PT1H: PT2562047788015215H30M7S",
                () -> store.touch("p", Duration.ofSeconds(Long.MAX_VALUE)));
        assertRefusedArgument("ttl must be positive and at most PT1H: PT0S", () -> store.touch("p", Duration.ZERO));
        assertRefusedArgument(
                "expiresAt must be after 2026-01-01T00:00:00Z and at most 2026-01-01T01:00:00Z: "
                        + "2026-01-01T01:00:00.001Z",
                () -> store.upsert(UPSERT.expiresAt(START.plus(max).plusMillis(1))));
        assertRefusedArgument(
                "expiresAt must be after 2026-01-01T00:00:00Z and at most 2026-01-01T01:00:00Z: 2026-01-01T00:00:00Z",
                () -> store.upsert(UPSERT.expiresAt(START)));
        for (Instant extreme : new Instant[] {Instant.MIN, Instant.MAX}) {
            assertThatThrownBy(() -> store.upsert(UPSERT.expiresAt(extreme)))
                    .isExactlyInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.get("p").expiresAt()).isEqualTo(START.plus(max));
    }

    @Test
    void upsertWithIllegalTtl_onExpiredPresence_stillDeliversExit() {
        Recorder delivered = test.follow(store);
        store.upsert(UPSERT);
        test.drain();
        clock.advance(TTL);
        assertRefusedArgument(
                "expiresIn must be positive and at most PT1H: PT2H",
                () -> store.upsert(UPSERT.expiresIn(Duration.ofHours(2))));
        assertThat(store.get("p")).isNull();
        test.pass(Duration.ofMillis(8));
        assertThat(delivered.takeLines()).containsExactly("ENTER p online", "EXIT p EXPIRED");
    }

    private static void assertRefusedArgument(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
