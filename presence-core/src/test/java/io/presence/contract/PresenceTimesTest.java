package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The deadline as every reader sees it, and the times of an end. */
class PresenceTimesTest {

    private static final Instant START = ManualClock.START;
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final PresenceUpsert UPSERT = PresenceUpsert.of("p", "ada", "online")
            .permissions(Permission.read(Role.users()))
            .expiresIn(TTL);

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();
    private final ManualClock clock = test.clock();

    @AfterEach
    void close() {
        test.close();
    }

    /** Ten minutes of heartbeats, ten seconds apart. */
    private void keepAlive() {
        for (int beat = 0; beat < 60; beat++) {
            test.pass(Duration.ofSeconds(10));
            assertThat(store.touch("p")).isTrue();
        }
    }

    private static void assertLease(Presence presence, Instant lastSeen) {
        assertThat(presence.expiresAt()).isEqualTo(lastSeen.plus(TTL));
        assertThat(presence.lastSeenAt()).isEqualTo(lastSeen);
        assertThat(presence.updatedAt()).isEqualTo(START);
    }

    @Test
    @Promise("deadline-as-it-is")
    void snapshot_afterHeartbeats_showsTheCurrentDeadline() {
        store.upsert(UPSERT);
        test.drain();
        keepAlive();
        Recorder delivered = test.follow(test.user("bob"));
        assertLease(delivered.takeOne().presence(), START.plusSeconds(600));
        assertLease(store.get("p"), START.plusSeconds(600));
        assertLease(store.list().presences().get(0), START.plusSeconds(600));
        clock.advance(Duration.ofSeconds(31));
        test.drain();
        PresenceEvent exit = delivered.takeOne();
        assertThat(exit.cause()).isEqualTo(Cause.EXPIRED);
        assertLease(exit.presence(), START.plusSeconds(600));
        assertThat(exit.endedAt()).isEqualTo(START.plusSeconds(630));
        assertThat(exit.lastSeenAt()).isEqualTo(START.plusSeconds(600));
    }

    @Test
    void snapshot_pausedThenChanged_isOneChainPerPresence() {
        store.upsert(UPSERT);
        test.drain();
        keepAlive();
        Recorder delivered = Recorder.chained();
        Subscription subscription = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), delivered);
        subscription.pause();
        test.drain();
        clock.advance(Duration.ofSeconds(1));
        store.touch("p");
        store.update("p", PresencePatch.none().status("away"));
        test.drain();
        subscription.resume();
        test.drain();
        PresenceEvent enter = delivered.takeOne();
        assertThat(enter.change()).isEqualTo(Change.ENTER);
        assertThat(enter.presence()).isEqualTo(store.get("p"));
        assertThat(enter.presence().expiresAt()).isEqualTo(START.plusSeconds(631));
        store.delete("p");
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("EXIT p DELETED");
    }

    @Test
    @Promise("previous-matches")
    void snapshot_betweenHeartbeats_continuesFromLastDeliveredState() {
        store.upsert(UPSERT);
        Recorder first = test.follow(store);
        keepAlive();
        Recorder second = test.follow(store);
        keepAlive();
        Recorder third = test.follow(store);
        for (Recorder delivered : List.of(first, second, third)) {
            assertThat(delivered.takeOne().change()).isEqualTo(Change.ENTER);
        }
        store.update("p", PresencePatch.none().status("away"));
        test.drain();
        for (Recorder delivered : List.of(first, second, third)) {
            assertThat(delivered.takeOne().change()).isEqualTo(Change.UPDATE);
        }
        test.pass(TTL.plusSeconds(1));
        for (Recorder delivered : List.of(first, second, third)) {
            PresenceEvent exit = delivered.takeOne();
            assertThat(exit.endedAt()).isEqualTo(START.plusSeconds(1230));
            assertThat(exit.lastSeenAt()).isEqualTo(START.plusSeconds(1200));
        }
    }

    @Test
    @Promise("deadline-as-it-is")
    void resume_afterHeartbeats_showsTheCurrentDeadline() {
        Recorder before = Recorder.chained();
        Subscription former = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), before);
        test.drain();
        String token = former.resumeToken();
        former.close();
        store.upsert(UPSERT);
        test.drain();
        keepAlive();
        Recorder delivered = Recorder.chained();
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().resumeFrom(token), delivered);
        test.drain();
        assertLease(delivered.takeOne().presence(), START.plusSeconds(600));
        store.update("p", PresencePatch.none().status("away"));
        test.drain();
        assertThat(delivered.takeOne().previous().expiresAt()).isBefore(START.plusSeconds(631));
        test.pass(TTL.plusSeconds(1));
        assertThat(delivered.takeOne().endedAt()).isEqualTo(START.plusSeconds(630));
    }

    @Test
    @Promise("end-times")
    void exit_afterDelete_hasEndedAtAndLastSeenAt() {
        Recorder delivered = test.follow(store);
        store.upsert(UPSERT);
        test.drain();
        clock.advance(Duration.ofSeconds(10));
        store.touch("p");
        clock.advance(Duration.ofSeconds(5));
        store.delete("p");
        clock.advance(Duration.ofSeconds(5));
        test.drain();
        PresenceEvent exit = delivered.events().get(1);
        assertThat(exit.cause()).isEqualTo(Cause.DELETED);
        assertThat(exit.endedAt()).isEqualTo(START.plusSeconds(15));
        assertThat(exit.lastSeenAt()).isEqualTo(START.plusSeconds(10));
        assertThat(exit.presence()).isEqualTo(delivered.events().get(0).presence());
    }

    @Test
    @Promise("end-times")
    void exit_dispatchedLate_hasEndedAtOfTheDeadline() {
        Recorder delivered = test.follow(store);
        store.upsert(UPSERT);
        test.drain();
        clock.advance(Duration.ofSeconds(20));
        store.upsert(UPSERT);
        clock.advance(Duration.ofMinutes(5));
        assertThat(store.get("p")).isNull();
        clock.advance(Duration.ofMinutes(5));
        test.drain();
        PresenceEvent exit = delivered.events().get(1);
        assertThat(exit.cause()).isEqualTo(Cause.EXPIRED);
        assertThat(exit.endedAt()).isEqualTo(START.plusSeconds(50));
        assertThat(exit.lastSeenAt()).isEqualTo(START.plusSeconds(20));
        assertThat(exit.presence().expiresAt()).isEqualTo(START.plusSeconds(50));
    }

    @Test
    void exit_ofSupersededIncarnation_hasItsOwnTimes() {
        Recorder delivered = test.follow(store);
        store.upsert(UPSERT);
        test.drain();
        clock.advance(Duration.ofSeconds(40));
        store.upsert(UPSERT.expiresIn(Duration.ofMinutes(5)));
        test.drain();
        PresenceEvent exit = delivered.events().get(1);
        assertThat(exit.endedAt()).isEqualTo(START.plusSeconds(30));
        assertThat(exit.lastSeenAt()).isEqualTo(START);
        assertThat(delivered.events().get(2).presence().lastSeenAt()).isEqualTo(START.plusSeconds(40));
    }

    @Test
    @Promise("end-times")
    void exit_deliveredLate_hasTheTimesOfTheEnd() {
        store.upsert(UPSERT);
        Recorder delivered = Recorder.chained();
        Subscription subscription = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), delivered);
        test.drain();
        subscription.pause();
        clock.advance(Duration.ofSeconds(10));
        store.upsert(UPSERT);
        test.drain();
        test.pass(TTL);
        test.pass(Duration.ofSeconds(1));
        store.upsert(UPSERT);
        test.drain();
        subscription.resume();
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online", "EXIT p EXPIRED", "ENTER p online");
        PresenceEvent exit = delivered.events().get(1);
        assertThat(exit.endedAt()).isEqualTo(START.plusSeconds(40));
        assertThat(exit.lastSeenAt()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void exit_byLossOfVisibility_hasNoTimes() {
        store.upsert(UPSERT);
        Recorder online = test.follow(store, Query.equal("status", "online"));
        Recorder bob = test.follow(test.user("bob"));
        store.update("p", PresencePatch.none().status("away").permissions(List.of()));
        test.drain();
        for (Recorder delivered : List.of(online, bob)) {
            PresenceEvent exit = delivered.events().get(1);
            assertThat(exit.change()).isEqualTo(Change.EXIT);
            assertThat(exit.cause().isEnd()).isFalse();
            assertThat(exit.endedAt()).isNull();
            assertThat(exit.lastSeenAt()).isNull();
        }
        assertThat(online.events().get(0).endedAt()).isNull();
    }

    @Test
    void lastSeenAt_always_isOfLastHeartbeatOrWriteWithTtl() {
        assertThat(store.upsert(UPSERT).presence().lastSeenAt()).isEqualTo(START);
        clock.advance(Duration.ofSeconds(1));
        Presence away = store.update("p", PresencePatch.none().status("away")).presence();
        assertThat(away.lastSeenAt()).isEqualTo(START);
        assertThat(away.updatedAt()).isEqualTo(START.plusSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        store.touch("p");
        assertThat(store.get("p").lastSeenAt()).isEqualTo(START.plusSeconds(2));
        clock.advance(Duration.ofSeconds(1));
        Presence shorter = store.update("p", PresencePatch.none().expiresIn(Duration.ofSeconds(5)))
                .presence();
        assertThat(shorter.lastSeenAt()).isEqualTo(START.plusSeconds(3));
        assertThat(shorter.expiresAt()).isEqualTo(START.plusSeconds(8));
        assertThat(store.get("p").lastSeenAt()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void lastSeenAt_afterSameDeadlineByOtherTtl_isOfTheLaterWrite() {
        store.upsert(UPSERT);
        clock.advance(Duration.ofSeconds(10));
        Presence renewed =
                store.upsert(UPSERT.expiresIn(Duration.ofSeconds(20))).presence();
        assertThat(renewed.expiresAt()).isEqualTo(START.plusSeconds(30));
        assertThat(renewed.lastSeenAt()).isEqualTo(START.plusSeconds(10));
        assertThat(store.get("p").lastSeenAt()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void lastSeenAt_afterTouchWithTtl_isNotInTheFuture() {
        store.upsert(UPSERT);
        clock.advance(Duration.ofSeconds(1));
        store.touch("p", Duration.ofMinutes(10));
        assertThat(store.get("p").lastSeenAt()).isEqualTo(START.plusSeconds(1));
        clock.advance(Duration.ofMinutes(2));
        assertThat(store.get("p").lastSeenAt()).isBeforeOrEqualTo(clock.instant());
        assertThat(store.get("p").expiresAt()).isEqualTo(START.plusSeconds(601));
    }

    @Test
    @Promise("wall-clock-repair")
    void expiresAt_afterWallClockJump_isRepairedByHeartbeat() {
        Duration jump = Duration.ofHours(-5);
        store.upsert(UPSERT);
        test.drain();
        for (int i = 0; i < 2; i++) {
            clock.setWall(clock.instant().plus(jump));
            clock.advance(Duration.ofSeconds(10));
            store.touch("p");
            Instant now = clock.instant();
            assertThat(store.get("p").expiresAt()).isEqualTo(now.plus(TTL));
            assertThat(store.get("p").lastSeenAt()).isEqualTo(now);
            assertThat(store.count(Query.greaterThan("expiresAt", now))).isEqualTo(1);
            assertThat(store.count(Query.greaterThan("expiresAt", now.plus(TTL))))
                    .isZero();
            assertThat(store.list(Query.greaterThan("expiresAt", now)).presences())
                    .hasSize(1);
            assertThat(test.follow(store).takeOne().presence().expiresAt()).isEqualTo(now.plus(TTL));
            jump = Duration.ofHours(9);
        }
    }

    @Test
    void expiresAt_afterWallClockJump_isRepairedByEqualWrite() {
        store.upsert(UPSERT);
        clock.setWall(clock.instant().plus(Duration.ofDays(1)));
        clock.advance(Duration.ofSeconds(10));
        Instant now = clock.instant();
        assertThat(store.upsert(UPSERT).presence().expiresAt()).isEqualTo(now.plus(TTL));
        assertThat(store.get("p").expiresAt()).isEqualTo(now.plus(TTL));
        clock.setWall(clock.instant().plus(Duration.ofDays(-2)));
        clock.advance(Duration.ofSeconds(10));
        now = clock.instant();
        Presence renewed = store.update("p", PresencePatch.none().expiresAt(now.plusSeconds(7)))
                .presence();
        assertThat(renewed.expiresAt()).isEqualTo(now.plusSeconds(7));
        assertThat(store.list(Query.lessThan("expiresAt", now)).presences()).isEmpty();
    }

    @Test
    void expiresAt_afterWallClockJump_isRepairedByWriteThatKeepsTheDeadline() {
        store.upsert(UPSERT);
        clock.setWall(clock.instant().plus(Duration.ofDays(1)));
        clock.advance(Duration.ofSeconds(10));
        Instant now = clock.instant();
        store.upsert(UPSERT.expiresIn(Duration.ofSeconds(20)));
        assertThat(store.get("p").expiresAt()).isEqualTo(now.plusSeconds(20));
        assertThat(store.get("p").lastSeenAt()).isEqualTo(now);
    }

    @Test
    void endedAt_afterWallClockJump_isOfTheNewTime() {
        Recorder delivered = test.follow(store);
        store.upsert(UPSERT);
        test.drain();
        clock.setWall(clock.instant().plus(Duration.ofDays(-1)));
        clock.advance(Duration.ofSeconds(10));
        store.touch("p");
        Instant seen = clock.instant();
        test.pass(TTL.plusSeconds(1));
        PresenceEvent exit = delivered.events().get(1);
        assertThat(exit.endedAt()).isEqualTo(seen.plus(TTL));
        assertThat(exit.lastSeenAt()).isEqualTo(seen);
    }

    @Test
    void expiresAt_afterWallClockDriftOfOneMillisecond_isUnchanged() {
        store.upsert(UPSERT);
        clock.advance(Duration.ofSeconds(1));
        store.touch("p");
        Presence before = store.get("p");
        clock.setWall(clock.instant().plus(Duration.ofMillis(1)));
        assertThat(store.get("p").expiresAt()).isEqualTo(before.expiresAt());
        clock.setWall(clock.instant().plus(Duration.ofNanos(1001)));
        assertThat(store.get("p").expiresAt()).isEqualTo(before.expiresAt().plusMillis(1));
    }
}
