package io.presence.contract;

import static io.presence.PresenceException.Code.NOT_FOUND;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The effect of each write on each field. */
class WriteTest {

    private static final Instant START = ManualClock.START;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final PresenceUpsert FULL = PresenceUpsert.of("p", "ada", "online")
            .source("web")
            .metadata(Map.of("documentId", "abc", "list", List.of(1, Map.of("a", 2))))
            .permissions(Permission.read(Role.users()), Permission.write(Role.user("bob")))
            .expiresIn(Duration.ofSeconds(30));

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();
    private Presence full;

    @BeforeEach
    void write() {
        full = store.upsert(FULL).presence();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void upsert_always_returnsTheWrittenPresence() {
        assertThat(full.id()).isEqualTo("p");
        assertThat(full.userId()).isEqualTo("ada");
        assertThat(full.status()).isEqualTo("online");
        assertThat(full.source()).isEqualTo("web");
        assertThat(full.metadata()).isEqualTo(FULL.metadata());
        assertThat(full.permissions())
                .containsExactly(
                        Permission.read(Role.users()),
                        Permission.update(Role.user("bob")),
                        Permission.delete(Role.user("bob")));
        assertThat(full.createdAt()).isEqualTo(START);
        assertThat(full.updatedAt()).isEqualTo(START);
        assertThat(full.expiresAt()).isEqualTo(START.plusSeconds(30));
        assertThat(store.get("p")).isEqualTo(full).hasSameHashCodeAs(full);
    }

    @Test
    void get_beforeDispatch_returnsTheWrite() {
        assertThat(store.get("p")).isEqualTo(full);
        assertThat(store.list().presences()).containsExactly(full);
        assertThat(store.count()).isEqualTo(1);
        Presence away = store.update("p", PresencePatch.none().status("away")).presence();
        assertThat(store.get("p")).isEqualTo(away).isNotEqualTo(full);
        assertThat(store.delete("p")).isTrue();
        assertThat(store.get("p")).isNull();
        assertThat(store.list().total()).isZero();
        assertThat(store.delete("p")).isFalse();
    }

    @Test
    void upsert_withoutOptionalFields_resetsThem() {
        Presence reset = store.upsert(PresenceUpsert.of("p", "ada", "idle")).presence();
        assertThat(reset.status()).isEqualTo("idle");
        assertThat(reset.source()).isNull();
        assertThat(reset.metadata()).isEmpty();
        assertThat(reset.permissions()).isEqualTo(Permission.ownerOnly("ada"));
        assertThat(reset.expiresAt()).isEqualTo(START.plus(PresenceStoreBuilder.DEFAULT_TTL));
        assertThat(store.get("p")).isEqualTo(reset);
    }

    @Test
    void upsert_ofExistingPresence_keepsCreatedAtAndMovesUpdatedAt() {
        test.clock().advance(SECOND);
        Presence again = store.upsert(FULL.source("phone")).presence();
        assertThat(again.createdAt()).isEqualTo(START);
        assertThat(again.updatedAt()).isEqualTo(START.plus(SECOND));
        assertThat(again.expiresAt()).isEqualTo(START.plusSeconds(31));
    }

    @Test
    void upsert_afterDelete_startsNewIncarnation() {
        test.clock().advance(SECOND);
        store.delete("p");
        assertThat(store.upsert(FULL).presence().createdAt()).isEqualTo(START.plus(SECOND));
    }

    @Test
    void presence_afterLaterWrites_isUnchanged() {
        store.update("p", PresencePatch.none().status("away").metadata(Map.of()));
        assertThat(full.status()).isEqualTo("online");
        assertThat(full.metadata()).isEqualTo(FULL.metadata());
        assertThat(full.permissions()).isUnmodifiable();
        assertThat(full.metadata()).isUnmodifiable();
    }

    @Test
    void update_withoutSomeFields_keepsThem() {
        test.clock().advance(SECOND);
        Presence away = store.update("p", PresencePatch.none().status("away")).presence();
        assertThat(away.status()).isEqualTo("away");
        assertThat(away.updatedAt()).isEqualTo(START.plus(SECOND));
        assertSameBut(away, "status", "updatedAt");

        assertSameBut(
                store.update("p", PresencePatch.none().source("app")).presence(), "status", "updatedAt", "source");
    }

    private void assertSameBut(Presence changed, String... fields) {
        List<String> may = List.of(fields);
        assertThat(changed.id()).isEqualTo(full.id());
        assertThat(changed.userId()).isEqualTo(full.userId());
        assertThat(changed.metadata()).isEqualTo(full.metadata());
        assertThat(changed.permissions()).isEqualTo(full.permissions());
        assertThat(changed.createdAt()).isEqualTo(full.createdAt());
        assertThat(changed.expiresAt()).isEqualTo(full.expiresAt());
        assertThat(changed.status().equals(full.status())).isEqualTo(!may.contains("status"));
        assertThat(changed.source().equals(full.source())).isEqualTo(!may.contains("source"));
        assertThat(changed.updatedAt().equals(full.updatedAt())).isEqualTo(!may.contains("updatedAt"));
        assertThat(store.get("p")).isEqualTo(changed);
    }

    @Test
    void update_withMetadata_replacesOrClearsAllOfIt() {
        assertThat(store.update("p", PresencePatch.none().metadata(Map.of("x", 1)))
                        .presence()
                        .metadata())
                .isEqualTo(Map.of("x", 1));
        assertThat(store.update("p", PresencePatch.none().metadata(Map.of()))
                        .presence()
                        .metadata())
                .isEmpty();
        assertThat(store.get("p").source()).isEqualTo("web");
    }

    @Test
    void update_withPermissions_replacesOrClearsAllOfThem() {
        assertThat(store.update("p", PresencePatch.none().permissions(Permission.read(Role.any())))
                        .presence()
                        .permissions())
                .containsExactly(Permission.read(Role.any()));
        assertThat(test.user("carol").get("p")).isNotNull();
        assertThat(store.update("p", PresencePatch.none().permissions(List.of()))
                        .presence()
                        .permissions())
                .isEmpty();
        assertThat(test.user("carol").get("p")).isNull();
        assertThat(test.user("ada").get("p")).isNotNull();
    }

    @Test
    void update_withSeveralFields_changesThemTogether() {
        Presence changed = store.update(
                        "p",
                        PresencePatch.none()
                                .status("away")
                                .source("app")
                                .metadata(Map.of("x", 1))
                                .expiresIn(SECOND))
                .presence();
        assertThat(changed.status()).isEqualTo("away");
        assertThat(changed.source()).isEqualTo("app");
        assertThat(changed.metadata()).isEqualTo(Map.of("x", 1));
        assertThat(changed.expiresAt()).isEqualTo(START.plus(SECOND));
    }

    @Test
    void update_withEmptyPatch_changesAndDeliversNothing() {
        Recorder delivered = test.follow(store);
        delivered.take();
        test.clock().advance(SECOND);
        assertThat(store.update("p", PresencePatch.none()).presence()).isEqualTo(full);
        test.drain();
        assertThat(delivered.takeLines()).isEmpty();
        assertThat(store.get("p")).isEqualTo(full);
    }

    @Test
    void update_ofAbsentPresence_isNotFound() {
        assertThat(assertRefused(
                        NOT_FOUND, () -> store.update("q", PresencePatch.none().status("away"))))
                .isEqualTo("presence must exist and be readable: q");
        assertRefused(NOT_FOUND, () -> store.update("q", PresencePatch.none()));
        store.delete("p");
        assertRefused(NOT_FOUND, () -> store.update("p", PresencePatch.none().status("away")));
    }

    @Test
    void upsert_ofSeveralIdsByOneUser_keepsAll() {
        store.upsert(PresenceUpsert.of("phone", "ada", "busy"));
        store.upsert(PresenceUpsert.of("tablet", "ada", "away"));
        assertThat(test.user("ada").list().presences())
                .extracting(Presence::id)
                .containsExactly("p", "phone", "tablet");
        store.delete("phone");
        assertThat(test.user("ada").count()).isEqualTo(2);
    }

    @Test
    void equals_always_comparesAllFields() {
        try (TestStore other = TestStore.create()) {
            assertThat(other.store().upsert(FULL).presence()).isEqualTo(full).hasSameHashCodeAs(full);
            assertThat(other.store().upsert(FULL.source("app")).presence()).isNotEqualTo(full);
            assertThat(other.store().upsert(FULL.metadata(Map.of())).presence()).isNotEqualTo(full);
            assertThat(other.store().upsert(FULL.permissions(List.of())).presence())
                    .isNotEqualTo(full);
            assertThat(other.store().upsert(FULL.expiresIn(SECOND)).presence()).isNotEqualTo(full);
        }
        assertThat(full).isNotEqualTo("p");
    }

    @Test
    void toString_always_hidesMetadata() {
        assertThat(full.toString()).contains("p", "ada", "online").doesNotContain("abc", "documentId");
    }
}
