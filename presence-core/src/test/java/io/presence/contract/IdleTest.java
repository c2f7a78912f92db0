package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Scope;
import io.presence.Version;
import io.presence.WriteResult.Outcome;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.session.PresenceSession;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Idle ladders: the rungs, activity, and their effect on writes and listeners. */
class IdleTest {

    private static final Duration TICK = PresenceStoreBuilder.DEFAULT_TICK;
    private static final Duration AWAY = Duration.ofMinutes(5);
    private static final Duration GONE = Duration.ofMinutes(20);
    private static final Duration BEAT = Duration.ofSeconds(10);
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final Principal ADA = Principal.user("ada").build();
    private static final PresenceUpsert ONLINE = online(Duration.ofHours(1));

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();
    private final Recorder received = test.follow(store);

    private static PresenceUpsert online(Duration ttl) {
        return PresenceUpsert.of("p", "ada", "online")
                .metadata(Map.of("n", 0))
                .expiresIn(ttl)
                .idle(AWAY, "away")
                .idle(GONE, "gone");
    }

    @AfterEach
    void close() {
        test.close();
    }

    private List<String> lines() {
        test.drain();
        return received.takeLines();
    }

    /* A rung is shown at most one tick after it is due. */
    private void pass(Duration time) {
        test.pass(time);
        test.pass(TICK);
    }

    private void becomeAway() {
        store.upsert(ONLINE);
        pass(AWAY);
        assertThat(lines()).containsExactly("ENTER p online", "UPDATE p away");
    }

    private Presence shown() {
        return store.get("p");
    }

    /** "Idle turns to away and returns with activity." */
    @Test
    @Promise("idle-rung")
    void idle_withoutActivity_turnsToAwayAndReturnsWithActivity() {
        store.upsert(ONLINE);
        test.pass(AWAY.minusNanos(1));
        assertThat(lines()).containsExactly("ENTER p online");

        pass(Duration.ofNanos(1));
        assertThat(lines()).containsExactly("UPDATE p away");
        assertThat(shown().status()).isEqualTo("away");
        assertThat(shown().writtenStatus()).isEqualTo("online");

        pass(GONE.minus(AWAY));
        assertThat(lines()).containsExactly("UPDATE p gone");

        assertThat(store.active("p")).isTrue();
        assertThat(shown().status()).isEqualTo("online");
        assertThat(lines()).containsExactly("UPDATE p online");
        assertThat(received.events())
                .filteredOn(PresenceEvent::isIdleChange)
                .hasSize(3)
                .allMatch(event -> event.action() == Action.UPDATE);
        pass(AWAY);
        assertThat(lines()).containsExactly("UPDATE p away");
    }

    /** "Heartbeats are no activity." */
    @Test
    @Promise("idle-heartbeat")
    void heartbeats_ofEachKind_areNoActivity() {
        PresenceUpsert sdk = online(TTL);
        PresenceSession session = store.open(ADA);
        for (int beat = 0; beat < AWAY.dividedBy(BEAT); beat++) {
            assertThat(session.upsert(sdk).outcome()).isEqualTo(beat == 0 ? Outcome.CREATED : Outcome.UNCHANGED);
            test.pass(BEAT.dividedBy(2));
            session.touch();
            session.touch("p");
            store.touch("p");
            store.touch("p", TTL);
            store.touchAll(List.of("p"));
            store.update("p", PresencePatch.none().expiresIn(TTL));
            store.update("p", PresencePatch.none().status("online").merge(Map.of("n", 0)));
            test.pass(BEAT.dividedBy(2));
        }
        pass(Duration.ZERO);
        assertThat(lines()).containsExactly("ENTER p online", "UPDATE p away");
        for (int beat = 0; beat < GONE.minus(AWAY).dividedBy(BEAT); beat++) {
            assertThat(store.upsert(sdk).outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(shown().status()).isEqualTo("away");
            test.pass(BEAT);
        }
        assertThat(lines()).containsExactly("UPDATE p gone");
    }

    @Test
    @Promise("idle-rung")
    void activity_beforeARung_postponesIt() {
        store.upsert(ONLINE);
        test.pass(AWAY.minusNanos(1));
        store.active("p");
        pass(AWAY.minus(TICK).minusNanos(1));
        assertThat(lines()).containsExactly("ENTER p online");
        pass(Duration.ofNanos(1));
        assertThat(lines()).containsExactly("UPDATE p away");
    }

    @Test
    @Promise("idle-rung")
    void write_thatDiffers_isActivity() {
        becomeAway();
        store.upsert(ONLINE.metadata(Map.of("n", 1)));
        assertThat(lines()).containsExactly("UPDATE p online");
        pass(AWAY);
        assertThat(lines()).containsExactly("UPDATE p away");
        store.upsert(ONLINE.metadata(Map.of("n", 1)).idle(Duration.ofHours(1), "asleep"));
        assertThat(lines()).containsExactly("UPDATE p online");
        assertThat(received.events()).last().returns(false, PresenceEvent::isIdleChange);
    }

    @Test
    @Promise("idle-rung")
    void patch_thatDiffers_isActivityAndKeepsTheLadder() {
        becomeAway();
        store.update("p", PresencePatch.none().set("metadata.n", 1));
        assertThat(lines()).containsExactly("UPDATE p online");
        pass(AWAY);
        assertThat(lines()).containsExactly("UPDATE p away");
        store.update("p", PresencePatch.none().status("busy"));
        assertThat(lines()).containsExactly("UPDATE p busy");
        pass(GONE);
        assertThat(lines()).containsExactly("UPDATE p gone");
        assertThat(shown().writtenStatus()).isEqualTo("busy");
    }

    @Test
    void upsert_withoutALadder_endsIt() {
        becomeAway();
        store.upsert(
                PresenceUpsert.of("p", "ada", "online").metadata(Map.of("n", 0)).expiresIn(Duration.ofDays(1)));
        assertThat(lines()).containsExactly("UPDATE p online");
        pass(Duration.ofHours(23));
        assertThat(lines()).isEmpty();
        assertThat(store.active("p")).isTrue();
    }

    @Test
    void writtenStatus_ofARung_takesThePlaceOfThatRung() {
        store.upsert(ONLINE);
        store.update("p", PresencePatch.none().status("away"));
        pass(AWAY);
        assertThat(lines()).containsExactly("ENTER p away");
        pass(GONE.minus(AWAY));
        assertThat(lines()).containsExactly("UPDATE p gone");
        store.update("p", PresencePatch.none().status("gone"));
        assertThat(lines()).containsExactly("UPDATE p gone");
        pass(GONE);
        assertThat(lines()).isEmpty();
    }

    @Test
    @Promise("idle-version")
    void rung_shown_keepsTheVersionAndTheTimeOfTheLastChange() {
        Version written = store.upsert(ONLINE).presence().version();
        Instant updatedAt = shown().updatedAt();
        pass(GONE);
        assertThat(shown().status()).isEqualTo("gone");
        assertThat(shown().version()).isEqualTo(written);
        assertThat(shown().updatedAt()).isEqualTo(updatedAt);

        store.update("p", PresencePatch.none().set("metadata.n", 1).ifVersion(written));
        Version changed = shown().version();
        assertThat(changed).isNotEqualTo(written);
        pass(AWAY);
        store.active("p");
        assertThat(store.delete("p", changed)).isTrue();
    }

    /* The numbers of rungs are not those of writes. */
    @Test
    @Promise("idle-version")
    void versions_ofWritesBetweenRungs_areNeverUsedTwice() {
        List<Version> versions = new ArrayList<>();
        versions.add(store.upsert(ONLINE).presence().version());
        for (int n = 1; n < 20; n++) {
            pass(n % 3 == 0 ? GONE : n % 3 == 1 ? AWAY : Duration.ZERO);
            PresenceUpsert upsert = n % 5 == 0 ? PresenceUpsert.of("p", "ada", "online") : ONLINE;
            versions.add(store.upsert(upsert.metadata(Map.of("n", n)).expiresIn(Duration.ofHours(1)))
                    .presence()
                    .version());
        }
        assertThat(versions).doesNotHaveDuplicates();
    }

    @Test
    @Promise("idle-rung")
    void clock_jumpingOverSeveralRungs_isOneUpdateToTheLast() {
        store.upsert(ONLINE);
        pass(GONE.plusMinutes(7));
        assertThat(lines()).containsExactly("ENTER p online", "UPDATE p gone");
        assertThat(received.events()).last().returns(true, PresenceEvent::isIdleChange);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    @Promise("idle-rung")
    void rung_inTheTickOfTheDeadline_isNotShown(int nanos) {
        store.upsert(online(AWAY.plusNanos(nanos)));
        test.drain();
        pass(AWAY.plus(TICK));
        assertThat(lines()).containsExactly("ENTER p online", "EXIT p EXPIRED");
        assertThat(received.events())
                .last()
                .returns("online", event -> event.presence().status());
    }

    @Test
    @Promise("idle-rung")
    void takeover_byAnEqualUpsert_keepsTheIdleClock() {
        PresenceSession old = store.open(ADA);
        old.upsert(ONLINE);
        test.pass(AWAY.minusSeconds(1));
        PresenceSession fresh = store.open(ADA);
        fresh.upsert(ONLINE);
        pass(Duration.ofSeconds(1));
        assertThat(lines()).containsExactly("ENTER p online", "UPDATE p away");

        assertThat(old.active()).isZero();
        assertThat(lines()).isEmpty();
        assertThat(fresh.active()).isEqualTo(1);
        assertThat(lines()).containsExactly("UPDATE p online");
    }

    @Test
    @Promise("idle-rung")
    void rung_withinAGrace_isShownAndDoesNotPostponeTheEnd() {
        PresenceSession old = store.open(ADA);
        old.upsert(ONLINE);
        test.pass(AWAY.minusSeconds(1));
        old.close(Duration.ofSeconds(5));
        pass(Duration.ofSeconds(1));
        assertThat(lines()).containsExactly("ENTER p online", "UPDATE p away");
        store.active("p");
        Instant end = shown().expiresAt();
        pass(Duration.ofSeconds(4));
        assertThat(lines()).containsExactly("UPDATE p online", "EXIT p DISCONNECTED");
        assertThat(received.events()).last().returns(end, PresenceEvent::endedAt);
    }

    @Test
    void ends_whileARungIsShown_areAsOtherwise() {
        becomeAway();
        store.delete("p");
        assertThat(lines()).containsExactly("EXIT p DELETED");

        PresenceSession session = store.open(ADA);
        session.upsert(ONLINE);
        pass(AWAY);
        store.drain(Duration.ZERO);
        pass(Duration.ZERO);
        assertThat(lines()).containsExactly("ENTER p online", "UPDATE p away", "EXIT p SHUTDOWN");
        assertThat(session.isOpen()).isFalse();
    }

    @Test
    @Promise("idle-rung")
    void update_byARung_showsThePresentDeadline() {
        store.upsert(online(TTL));
        for (int beat = 0; beat < AWAY.dividedBy(BEAT); beat++) {
            test.pass(BEAT);
            store.touch("p");
        }
        pass(Duration.ZERO);
        Presence away = received.take().get(1).presence();
        assertThat(away.status()).isEqualTo("away");
        assertThat(away.expiresAt())
                .isEqualTo(ManualClock.START.plus(AWAY).minus(BEAT).plus(TTL));
    }

    @Test
    @Promise("idle-heartbeat")
    void equalUpsert_deliveredUnchanged_isNoActivity() {
        try (TestStore eager = TestStore.create(builder -> builder.deliverUnchanged(true))) {
            Recorder all = eager.follow(eager.store());
            eager.store().upsert(ONLINE);
            eager.pass(AWAY.minusSeconds(1));
            eager.store().upsert(ONLINE);
            eager.pass(Duration.ofSeconds(2));
            eager.store().upsert(ONLINE);
            eager.store().update("p", PresencePatch.none().status("online"));
            eager.drain();
            assertThat(all.takeLines())
                    .containsExactly("ENTER p online", "UPDATE p online", "UPDATE p away", "UPDATE p away");
            assertThat(all.events()).filteredOn(PresenceEvent::isIdleChange).hasSize(1);
        }
    }

    @Test
    void active_ofAnyPresence_extendsNoDeadline() {
        store.upsert(online(TTL));
        test.pass(TTL.dividedBy(2));
        Instant deadline = shown().expiresAt();
        assertThat(store.active("p")).isTrue();
        assertThat(shown().expiresAt()).isEqualTo(deadline);
        pass(TTL.dividedBy(2));
        assertThat(store.active("p")).isFalse();
        assertThat(lines()).containsExactly("ENTER p online", "EXIT p EXPIRED");
    }

    @Test
    void active_byPrincipals_needsThePermissionToUpdate() {
        store.upsert(ONLINE.permissions(
                Permission.read(Role.user("bob")),
                Permission.read(Role.user("eve")),
                Permission.update(Role.user("bob"))));
        pass(AWAY);
        assertThat(test.user("cid").active("p")).isFalse();
        assertThatThrownBy(() -> test.user("eve").active("p"))
                .isInstanceOfSatisfying(
                        PresenceException.class, e -> assertThat(e.code()).isEqualTo(Code.DENIED))
                .hasMessage("presence must grant update to a role of the principal to be marked as active: p");
        Principal reader = Principal.user("bob").scopes(Scope.PRESENCES_READ).build();
        assertThatThrownBy(() -> store.as(reader).active("p"))
                .isInstanceOfSatisfying(
                        PresenceException.class, e -> assertThat(e.code()).isEqualTo(Code.SCOPE_MISSING));
        assertThat(shown().status()).isEqualTo("away");
        assertThat(test.user("bob").active("p")).isTrue();
        assertThat(shown().status()).isEqualTo("online");
        assertThat(store.active("absent")).isFalse();
    }

    @Test
    void active_afterClose_isRefused() {
        PresenceSession session = store.open(ADA);
        session.close();
        assertThatThrownBy(session::active)
                .isInstanceOfSatisfying(
                        PresenceException.class, e -> assertThat(e.code()).isEqualTo(Code.SESSION_CLOSED));
        store.close();
        assertThatThrownBy(() -> store.active("p"))
                .isInstanceOfSatisfying(
                        PresenceException.class, e -> assertThat(e.code()).isEqualTo(Code.STORE_CLOSED));
    }
}
