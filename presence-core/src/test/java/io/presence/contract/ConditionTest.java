package io.presence.contract;

import static io.presence.PresenceException.Code.DENIED;
import static io.presence.PresenceException.Code.ID_UNAVAILABLE;
import static io.presence.PresenceException.Code.NOT_FOUND;
import static io.presence.PresenceException.Code.VERSION_CONFLICT;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Role;
import io.presence.Version;
import io.presence.WriteResult;
import io.presence.WriteResult.Outcome;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Versions, the conditions of writes and the results of writes. */
class ConditionTest {

    private static final Duration TTL = Duration.ofSeconds(30);
    private static final PresenceUpsert ONLINE =
            PresenceUpsert.of("p", "ada", "online").expiresIn(TTL);
    private static final PresenceUpsert AWAY =
            PresenceUpsert.of("p", "ada", "away").expiresIn(TTL);
    private static final PresencePatch TO_AWAY = PresencePatch.none().status("away");
    private static final Version OTHER = Version.of(-1, -1);

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private Version version() {
        return store.get("p").version();
    }

    /* Nothing passes between the writes, and each object is the same as in the write before the last. */
    @Test
    @Promise("version-unique")
    void version_afterWritesBackAndForth_isNeverReused() {
        Set<Version> seen = new HashSet<>();
        for (int round = 0; round < 200; round++) {
            assertThat(seen.add(store.upsert(ONLINE).presence().version())).isTrue();
            assertThat(seen.add(store.update("p", TO_AWAY).presence().version()))
                    .isTrue();
            assertThat(seen.add(store.update("p", TO_AWAY.status("online").expiresIn(TTL))
                            .presence()
                            .version()))
                    .isTrue();
            if (round % 3 == 0) {
                store.delete("p");
            } else {
                store.upsert(AWAY);
                assertThat(seen.add(version())).isTrue();
            }
            if (round % 2 == 0) {
                test.drain();
            }
        }
    }

    @Test
    @Promise("version-unique")
    void version_afterHeartbeatsAndUnchangedWrites_isKept() {
        Version first = store.upsert(ONLINE).presence().version();
        test.clock().advance(Duration.ofSeconds(1));
        assertThat(store.touch("p")).isTrue();
        assertThat(version()).isEqualTo(first);
        assertThat(store.touch("p", Duration.ofMinutes(5))).isTrue();
        assertThat(store.upsert(ONLINE.expiresIn(Duration.ofSeconds(5)))
                        .presence()
                        .version())
                .isEqualTo(first);
        PresencePatch same = PresencePatch.none().status("online");
        assertThat(store.update("p", same).presence().version()).isEqualTo(first);
        assertThat(store.update("p", same.expiresIn(TTL)).presence().version()).isEqualTo(first);
        assertThat(store.update("p", PresencePatch.none()).presence().version()).isEqualTo(first);
        assertThat(store.list().presences().get(0).version()).isEqualTo(first);
    }

    @Test
    void version_asDelivered_equalsTheOneThatIsRead() {
        Recorder received = test.follow(store);
        Version first = store.upsert(ONLINE).presence().version();
        test.drain();
        test.clock().advance(Duration.ofSeconds(1));
        store.touch("p");
        Version second = store.update("p", TO_AWAY).presence().version();
        test.drain();
        assertThat(received.events())
                .extracting(event -> event.presence().version())
                .containsExactly(first, second);
        assertThat(received.events().get(1).previous().version()).isEqualTo(first);
        assertThat(test.follow(store).events().get(0).presence().version()).isEqualTo(second);
        test.pass(Duration.ofMinutes(1));
        assertThat(received.events().get(2).presence().version()).isEqualTo(second);
    }

    @Test
    void version_ofUnchangedWriteThatIsDelivered_isNew() {
        try (TestStore loud = TestStore.create(builder -> builder.deliverUnchanged(true))) {
            WriteResult first = loud.store().upsert(ONLINE);
            WriteResult second = loud.store().upsert(ONLINE);
            assertThat(second.outcome()).isEqualTo(Outcome.REPLACED);
            assertThat(second.presence().version())
                    .isNotEqualTo(first.presence().version());
            WriteResult third = loud.store().update("p", PresencePatch.none().status("online"));
            assertThat(third.outcome()).isEqualTo(Outcome.UPDATED);
            assertThat(third.presence().version())
                    .isNotEqualTo(second.presence().version());
            assertThat(loud.store().update("p", PresencePatch.none()).outcome()).isEqualTo(Outcome.UNCHANGED);
        }
    }

    @Test
    @Promise("write-outcome")
    void outcome_ofEachWrite_isItsEffect() {
        assertThat(store.upsert(ONLINE).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(store.upsert(ONLINE).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(store.upsert(AWAY).outcome()).isEqualTo(Outcome.REPLACED);
        assertThat(store.update("p", TO_AWAY).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(store.update("p", PresencePatch.none().expiresIn(TTL)).outcome())
                .isEqualTo(Outcome.UNCHANGED);
        assertThat(store.update("p", TO_AWAY.status("back")).outcome()).isEqualTo(Outcome.UPDATED);
        test.clock().advance(TTL);
        assertThat(store.upsert(AWAY).outcome()).isEqualTo(Outcome.CREATED);
        test.drain();
        store.delete("p");
        assertThat(store.upsert(AWAY).outcome()).isEqualTo(Outcome.CREATED);
    }

    @Test
    @Promise("condition-atomic")
    void ifAbsent_ofPresence_isRefusedUntilItHasEnded() {
        assertThat(store.upsert(ONLINE.ifAbsent()).outcome()).isEqualTo(Outcome.CREATED);
        Presence first = store.get("p");
        assertThat(assertRefused(VERSION_CONFLICT, () -> store.upsert(AWAY.ifAbsent())))
                .isEqualTo("presence must be absent for ifAbsent: p");
        assertThat(store.get("p")).isSameAs(first);

        test.clock().advance(TTL);
        assertThat(store.upsert(ONLINE.ifAbsent()).outcome()).isEqualTo(Outcome.CREATED);
        store.delete("p");
        assertThat(store.upsert(ONLINE.ifAbsent()).outcome()).isEqualTo(Outcome.CREATED);
    }

    /* A condition is judged before equality, so an equal write is refused too, and is no heartbeat. */
    @Test
    void condition_ofEqualWrite_isJudgedFirst() {
        Version first = store.upsert(ONLINE).presence().version();
        Presence second = store.upsert(AWAY).presence();
        test.clock().advance(Duration.ofSeconds(1));
        assertRefused(VERSION_CONFLICT, () -> store.upsert(AWAY.ifAbsent()));
        assertRefused(VERSION_CONFLICT, () -> store.upsert(AWAY.ifVersion(first)));
        assertRefused(VERSION_CONFLICT, () -> store.update("p", TO_AWAY.ifVersion(first)));
        assertRefused(
                VERSION_CONFLICT, () -> store.update("p", PresencePatch.none().ifVersion(first)));
        assertRefused(VERSION_CONFLICT, () -> store.delete("p", first));
        assertThat(store.get("p").expiresAt()).isEqualTo(second.expiresAt());

        assertThat(store.upsert(AWAY.ifVersion(second.version())).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(store.get("p").expiresAt()).isAfter(second.expiresAt());
        assertThat(store.update("p", PresencePatch.none().ifVersion(second.version()))
                        .outcome())
                .isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    @Promise("condition-atomic")
    void ifVersion_afterHeartbeats_holds() {
        Version first = store.upsert(ONLINE).presence().version();
        test.clock().advance(Duration.ofSeconds(1));
        store.touch("p");
        store.upsert(ONLINE);
        WriteResult second = store.upsert(AWAY.ifVersion(first));
        assertThat(second.outcome()).isEqualTo(Outcome.REPLACED);
        WriteResult third = store.update(
                "p",
                PresencePatch.none().source("web").ifVersion(second.presence().version()));
        assertThat(third.outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(store.delete("p", third.presence().version())).isTrue();
        assertThat(store.get("p")).isNull();
    }

    @Test
    void ifVersion_ofAbsentPresence_isAConflictForAnUpsertAlone() {
        Version ended = store.upsert(ONLINE).presence().version();
        test.clock().advance(TTL);
        for (String id : List.of("p", "never")) {
            String message = assertRefused(
                    VERSION_CONFLICT,
                    () -> store.upsert(PresenceUpsert.of(id, "ada", "online").ifVersion(ended)));
            assertThat(message).isEqualTo("presence must have the required version: " + id);
            assertRefused(NOT_FOUND, () -> store.update(id, TO_AWAY.ifVersion(ended)));
            assertThat(store.delete(id, ended)).isFalse();
        }
        test.drain();
        assertRefused(VERSION_CONFLICT, () -> store.upsert(ONLINE.ifVersion(ended)));
        assertThat(store.count()).isZero();
        store.upsert(ONLINE);
        assertRefused(VERSION_CONFLICT, () -> store.upsert(ONLINE.ifVersion(ended)));
    }

    @Test
    @Promise("no-leak")
    void conditions_ofPrincipalThatCannotRead_discloseNothing() {
        Version version = store.upsert(ONLINE).presence().version();
        Presences eve = test.user("eve");
        for (Version any : List.of(version, OTHER)) {
            String hidden = assertRefused(NOT_FOUND, () -> eve.update("p", TO_AWAY.ifVersion(any)));
            String absent = assertRefused(NOT_FOUND, () -> eve.update("q", TO_AWAY.ifVersion(any)));
            assertThat(hidden).isEqualTo(absent.replace(": q", ": p"));
            assertThat(eve.delete("p", any)).isFalse();
            assertRefused(
                    ID_UNAVAILABLE, () -> eve.upsert(PresenceUpsert.of("p", "x").ifVersion(any)));
        }
        assertRefused(
                ID_UNAVAILABLE, () -> eve.upsert(PresenceUpsert.of("p", "x").ifAbsent()));
        assertThat(version()).isEqualTo(version);
    }

    @Test
    void conditions_ofReaderWithoutRights_areNotJudged() {
        Version version = store.upsert(ONLINE.permissions(Permission.read(Role.any())))
                .presence()
                .version();
        Presences eve = test.user("eve");
        for (Version any : List.of(version, OTHER)) {
            assertRefused(DENIED, () -> eve.update("p", TO_AWAY.ifVersion(any)));
            assertRefused(DENIED, () -> eve.delete("p", any));
        }
    }

    @Test
    void conditions_ofTheOwner_holdAsForTrustedCode() {
        Presences ada = test.user("ada");
        PresenceUpsert own = PresenceUpsert.of("p", "online");
        Version first = ada.upsert(own.ifAbsent()).presence().version();
        assertRefused(VERSION_CONFLICT, () -> ada.upsert(own.ifAbsent()));
        Version second = ada.update("p", TO_AWAY.ifVersion(first)).presence().version();
        assertRefused(VERSION_CONFLICT, () -> ada.upsert(own.ifVersion(first)));
        assertRefused(VERSION_CONFLICT, () -> ada.delete("p", first));
        assertThat(ada.delete("p", second)).isTrue();
    }

    @Test
    void permissions_ofEqualWrites_areSharedByTheStates() {
        List<Permission> granted = List.of(Permission.read(Role.any()), Permission.update(Role.users()));
        Presence first = store.upsert(ONLINE.permissions(granted)).presence();
        Presence second = store.upsert(AWAY.permissions(List.copyOf(granted)).metadata(Map.of("a", 1)))
                .presence();
        Presence third = store.update("p", PresencePatch.none().status("x").permissions(granted))
                .presence();
        assertThat(second.permissions()).isSameAs(first.permissions()).isEqualTo(granted);
        assertThat(third.permissions()).isSameAs(first.permissions());
    }
}
