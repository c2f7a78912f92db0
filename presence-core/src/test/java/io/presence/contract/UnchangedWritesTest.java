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
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Writes that change nothing. They set the lease as a differing write does, and deliver nothing.
 */
class UnchangedWritesTest {

    private static final Instant START = ManualClock.START;
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final Duration TICK = PresenceStoreBuilder.DEFAULT_TICK;

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();
    private final ManualClock clock = test.clock();

    /* Made anew each time, as a client does that says all with each heartbeat. */
    private static PresenceUpsert upsert() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("room", "r1");
        metadata.put("cursor", Map.of("x", 1, "path", Arrays.asList(1, null, List.of(2.5))));
        metadata.put("nothing", null);
        return PresenceUpsert.of("p", "ada", new String("online"))
                .source("web")
                .metadata(metadata)
                .permissions(Permission.read(Role.users()), Permission.write(Role.user("bob")))
                .expiresIn(TTL);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    @Promise("unchanged-write")
    void equalUpsert_always_deliversNothingAndKeepsUpdatedAt() {
        Recorder delivered = test.follow(store);
        Presence first = store.upsert(upsert()).presence();
        test.drain();
        long revision = store.stats().events();
        for (int beat = 1; beat <= 100; beat++) {
            test.pass(Duration.ofSeconds(10));
            Presence again = store.upsert(upsert()).presence();
            assertThat(again.updatedAt()).isEqualTo(START);
            assertThat(again.createdAt()).isEqualTo(START);
            assertThat(again.expiresAt()).isEqualTo(clock.instant().plus(TTL));
            assertThat(store.get("p")).isEqualTo(again);
            assertThat(again.metadata()).isEqualTo(first.metadata());
        }
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        assertThat(store.stats().events()).isEqualTo(revision);
        test.pass(TTL.plus(TICK));
        assertThat(delivered.takeLines()).containsExactly("EXIT p EXPIRED");
    }

    /** Without permissions a presence is the owner's alone. To name exactly these permissions changes nothing. */
    @Test
    void equalUpsert_namingTheSamePermissions_deliversNothing() {
        Recorder delivered = test.follow(store);
        store.upsert(PresenceUpsert.of("p", "ada", "online"));
        store.upsert(PresenceUpsert.of("q", "ada", "online").permissions(Permission.ownerOnly("ada")));
        test.drain();
        delivered.takeLines();
        store.upsert(PresenceUpsert.of("p", "ada", "online").permissions(Permission.ownerOnly("ada")));
        store.update("p", PresencePatch.none().permissions(Permission.ownerOnly("ada")));
        store.upsert(PresenceUpsert.of("q", "ada", "online"));
        test.drain();
        assertThat(delivered.takeLines()).isEmpty();
        store.update("p", PresencePatch.none().permissions(Permission.read(Role.user("ada"))));
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("UPDATE p online");
    }

    @Test
    @Promise("unchanged-write")
    void equalUpsert_withShorterTtl_expiresThenAndIsDeliveredInTime() {
        Recorder delivered = test.follow(store);
        store.upsert(upsert().expiresIn(Duration.ofMinutes(10)));
        test.drain();
        store.upsert(upsert().expiresIn(Duration.ofSeconds(5)));
        test.drain();
        test.pass(Duration.ofSeconds(5).minusNanos(1));
        assertThat(store.get("p")).isNotNull();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        test.pass(TICK.plusNanos(1));
        assertThat(delivered.takeLines()).containsExactly("EXIT p EXPIRED");
    }

    @Test
    void equalUpsert_withShorterTtlBeforeDispatch_isScheduledByTheLast() {
        Recorder delivered = test.follow(store);
        store.upsert(upsert().expiresIn(Duration.ofMinutes(10)));
        store.upsert(upsert().expiresIn(Duration.ofSeconds(5)));
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        test.pass(Duration.ofSeconds(5).plus(TICK));
        assertThat(delivered.takeLines()).containsExactly("EXIT p EXPIRED");
        assertThat(store.stats().coalesced()).isZero();
    }

    @Test
    void equalUpsert_afterLongerHeartbeat_revertsIt() {
        Recorder delivered = test.follow(store);
        store.upsert(upsert());
        test.drain();
        store.touch("p", Duration.ofMinutes(10));
        test.pass(Duration.ofSeconds(29));
        store.upsert(upsert());
        test.pass(TTL.minusNanos(1));
        assertThat(store.get("p")).isNotNull();
        test.pass(TICK.plusNanos(1));
        assertThat(delivered.takeLines()).containsExactly("ENTER p online", "EXIT p EXPIRED");
    }

    @Test
    void equalUpsert_always_setsTheTtlOfLaterHeartbeats() {
        store.upsert(upsert());
        store.upsert(upsert().expiresIn(Duration.ofSeconds(5)));
        clock.advance(Duration.ofSeconds(4));
        store.touch("p");
        assertThat(store.get("p").expiresAt()).isEqualTo(START.plusSeconds(9));
        store.upsert(upsert().expiresAt(START.plusSeconds(64)));
        clock.advance(Duration.ofSeconds(50));
        store.touch("p");
        assertThat(store.get("p").expiresAt()).isEqualTo(START.plusSeconds(114));
    }

    @Test
    void equalUpsert_withoutTtl_setsTheDefaultTtl() {
        store.upsert(upsert());
        PresenceUpsert unsaid = PresenceUpsert.of("p", "ada", "online")
                .source("web")
                .metadata(upsert().metadata())
                .permissions(upsert().permissions());
        assertThat(store.upsert(unsaid).presence().expiresAt()).isEqualTo(START.plus(PresenceStoreBuilder.DEFAULT_TTL));
        assertThat(store.get("p").updatedAt()).isEqualTo(START);
    }

    @Test
    @Promise("unchanged-no-revival")
    void equalUpsert_atDeadline_startsNewIncarnation() {
        Recorder delivered = test.follow(store);
        store.upsert(upsert());
        test.drain();
        clock.advance(TTL);
        Presence reborn = store.upsert(upsert()).presence();
        assertThat(reborn.createdAt()).isEqualTo(START.plus(TTL));
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online", "EXIT p EXPIRED", "ENTER p online");
    }

    @Test
    @Promise("unchanged-no-revival")
    void equalUpsert_afterDelete_startsNewIncarnation() {
        Recorder delivered = test.follow(store);
        store.upsert(upsert());
        test.drain();
        store.delete("p");
        store.upsert(upsert());
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online", "EXIT p DELETED", "ENTER p online");
    }

    @Test
    void upsert_differingInAnyField_isDelivered() {
        store.upsert(upsert());
        Recorder delivered = test.follow(store);
        delivered.take();
        List<PresenceUpsert> differing = new ArrayList<>();
        differing.add(upsert().source("phone"));
        differing.add(upsert().metadata(Map.of("room", "r1")));
        differing.add(upsert().metadata(Map.of("room", "r2")));
        differing.add(upsert().metadata(Map.of()));
        differing.add(upsert().permissions(List.of()));
        differing.add(upsert().permissions(Permission.read(Role.users())));
        differing.add(PresenceUpsert.of("p", "ada", "online"));
        differing.add(PresenceUpsert.of("p", "ada", "away"));
        for (PresenceUpsert each : differing) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(store.upsert(each).presence().updatedAt()).isEqualTo(clock.instant());
            test.drain();
            assertThat(delivered.take()).hasSize(1);
            store.upsert(each);
            test.drain();
            assertThat(delivered.take()).isEmpty();
        }
    }

    @Test
    void upsert_ofMetadataInAnotherOrder_changesNothing() {
        Recorder delivered = test.follow(store);
        Map<String, Object> many = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            many.put("k" + i, i);
        }
        Map<String, Object> reversed = new LinkedHashMap<>();
        for (int i = 19; i >= 0; i--) {
            reversed.put("k" + i, i);
        }
        store.upsert(upsert().metadata(many));
        test.drain();
        store.upsert(upsert().metadata(reversed));
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        reversed.put("k7", 8);
        store.upsert(upsert().metadata(reversed));
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("UPDATE p online");
    }

    @Test
    void update_withTtlAlone_setsTheLeaseAndDeliversNothing() {
        Recorder delivered = test.follow(store);
        store.upsert(upsert());
        test.drain();
        clock.advance(Duration.ofSeconds(1));
        Presence kept = store.update("p", PresencePatch.none().expiresIn(Duration.ofSeconds(5)))
                .presence();
        assertThat(kept.updatedAt()).isEqualTo(START);
        assertThat(kept.expiresAt()).isEqualTo(START.plusSeconds(6));
        test.drain();
        kept = store.update(
                        "p", PresencePatch.none().status("online").source("web").expiresAt(START.plusSeconds(4)))
                .presence();
        assertThat(kept.expiresAt()).isEqualTo(START.plusSeconds(4));
        assertThat(store.get("p")).isEqualTo(kept);
        test.pass(Duration.ofSeconds(3).plus(TICK));
        assertThat(delivered.takeLines()).containsExactly("ENTER p online", "EXIT p EXPIRED");
        assertRefused(
                NOT_FOUND,
                () -> store.update("p", PresencePatch.none().status("online").expiresIn(TTL)));
    }

    @Test
    @Promise("patch-keeps-deadline")
    void update_withoutTtl_keepsTheLease() {
        Recorder delivered = test.follow(store);
        store.upsert(upsert());
        test.drain();
        clock.advance(Duration.ofSeconds(10));
        PresencePatch same = PresencePatch.none()
                .status("online")
                .source("web")
                .metadata(upsert().metadata())
                .permissions(upsert().permissions());
        assertThat(store.update("p", same).presence().expiresAt()).isEqualTo(START.plus(TTL));
        assertThat(store.update("p", PresencePatch.none()).presence().updatedAt())
                .isEqualTo(START);
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        assertThat(store.update("p", same.status("away")).presence().expiresAt())
                .isEqualTo(START.plus(TTL));
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("UPDATE p away");
        clock.advance(Duration.ofSeconds(20));
        assertThat(store.get("p")).isNull();
    }

    @Test
    void equalWrite_always_needsTheRightsOfADifferingOne() {
        store.upsert(upsert());
        PresencePatch beat = PresencePatch.none().status("online").expiresIn(TTL);
        assertRefused(
                io.presence.PresenceException.Code.ID_UNAVAILABLE,
                () -> test.user("eve").upsert(PresenceUpsert.of("p", "online")));
        assertRefused(
                io.presence.PresenceException.Code.DENIED,
                () -> test.user("eve").update("p", beat));
        assertThat(test.user("bob").update("p", beat).presence().expiresAt()).isEqualTo(START.plus(TTL));
    }

    @Test
    @Promise("unchanged-write")
    void deliverUnchanged_true_deliversEachWriteAndMovesUpdatedAt() {
        try (TestStore loud = TestStore.create(builder -> builder.deliverUnchanged(true))) {
            Recorder delivered = loud.follow(loud.store());
            loud.store().upsert(upsert());
            loud.drain();
            loud.clock().advance(Duration.ofSeconds(1));
            assertThat(loud.store().upsert(upsert()).presence().updatedAt()).isEqualTo(START.plusSeconds(1));
            loud.drain();
            loud.store().update("p", PresencePatch.none().expiresIn(Duration.ofSeconds(5)));
            loud.drain();
            loud.store().update("p", PresencePatch.none().status("online"));
            loud.drain();
            loud.store().update("p", PresencePatch.none());
            loud.drain();
            assertThat(delivered.takeLines())
                    .containsExactly("ENTER p online", "UPDATE p online", "UPDATE p online", "UPDATE p online");
        }
    }

    @Test
    void deliverUnchanged_false_isTheDefault() {
        try (TestStore quiet = TestStore.create(builder -> builder.deliverUnchanged(false))) {
            Recorder delivered = quiet.follow(quiet.store());
            quiet.store().upsert(upsert());
            quiet.drain();
            quiet.store().upsert(upsert());
            quiet.drain();
            assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        }
    }
}
