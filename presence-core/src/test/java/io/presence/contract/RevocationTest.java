package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.fixture.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A heartbeat that is overtaken by another write between its judgement and its effect: the clock that it reads there
 * runs that write. The race on the word itself is in {@code TouchStress}.
 */
class RevocationTest {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final List<Permission> SHARED = List.of(Permission.read(Role.any()), Permission.update(Role.any()));
    private static final List<Permission> READABLE = List.of(Permission.read(Role.any()));

    private long nanos;

    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .nanoClock(this::nanos)
            .wallClock(() -> Instant.ofEpochSecond(0, nanos))
            .build();
    private final Presences bob = store.as(Principal.user("bob").build());
    private @Nullable Runnable overtaking;

    RevocationTest() {
        upsert(SHARED, Duration.ofSeconds(10));
    }

    private long nanos() {
        Runnable write = overtaking;
        overtaking = null;
        if (write != null) {
            write.run();
        }
        return nanos;
    }

    private void upsert(List<Permission> permissions, Duration ttl) {
        store.upsert(
                PresenceUpsert.of("p", "ada", "online").permissions(permissions).expiresIn(ttl));
    }

    private void update(List<Permission> permissions, Duration ttl) {
        store.update("p", PresencePatch.none().permissions(permissions).expiresIn(ttl));
    }

    private long secondsLeft() {
        Presence found = store.get("p");
        return found == null
                ? 0
                : Duration.between(Instant.ofEpochSecond(0, nanos), found.expiresAt())
                        .toSeconds();
    }

    @Test
    @Promise("revoked-heartbeat")
    void touch_overtakenByRevocation_extendsNothing() {
        overtaking = () -> update(List.of(), Duration.ofSeconds(1));
        assertThat(bob.touch("p", MONTH)).isFalse();
        assertThat(secondsLeft()).isEqualTo(1);
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(store.get("p")).isNull();
    }

    @Test
    void touch_overtakenByRevocationOfUpdateAlone_isDenied() {
        overtaking = () -> update(READABLE, Duration.ofSeconds(1));
        assertThatThrownBy(() -> bob.touch("p", MONTH)).isInstanceOf(PresenceException.class);
        assertThat(secondsLeft()).isEqualTo(1);
    }

    @Test
    void touch_overtakenByUpsertOfOtherPermissions_isDenied() {
        overtaking = () -> upsert(READABLE, Duration.ofSeconds(2));
        assertThatThrownBy(() -> bob.touch("p", MONTH)).isInstanceOf(PresenceException.class);
        assertThat(secondsLeft()).isEqualTo(2);
    }

    @Test
    void touch_overtakenByRevocationWithSameDeadline_isDenied() {
        overtaking = () -> update(READABLE, Duration.ofSeconds(10));
        assertThatThrownBy(() -> bob.touch("p", MONTH)).isInstanceOf(PresenceException.class);
        assertThat(secondsLeft()).isEqualTo(10);
    }

    @Test
    void touch_overtakenByRevocationAndItsReversal_extends() {
        overtaking = () -> {
            update(READABLE, Duration.ofSeconds(1));
            update(SHARED, Duration.ofSeconds(1));
        };
        assertThat(bob.touch("p", MONTH)).isTrue();
        assertThat(secondsLeft()).isEqualTo(MONTH.toSeconds());
    }

    @Test
    void touch_overtakenByShorterTtlAlone_extends() {
        overtaking = () -> store.update("p", PresencePatch.none().expiresIn(Duration.ofSeconds(1)));
        assertThat(bob.touch("p", MONTH)).isTrue();
        assertThat(secondsLeft()).isEqualTo(MONTH.toSeconds());
    }

    @Test
    void touch_overtakenByEqualUpsertWithShorterTtl_extends() {
        overtaking = () -> upsert(SHARED, Duration.ofSeconds(1));
        assertThat(bob.touch("p", MONTH)).isTrue();
        assertThat(secondsLeft()).isEqualTo(MONTH.toSeconds());
    }

    @Test
    void touch_overtakenByRevocationAndEqualUpsert_isDenied() {
        overtaking = () -> {
            upsert(READABLE, Duration.ofSeconds(60));
            upsert(READABLE, Duration.ofSeconds(1));
        };
        assertThatThrownBy(() -> bob.touch("p", MONTH)).isInstanceOf(PresenceException.class);
        assertThat(secondsLeft()).isEqualTo(1);
    }

    @Test
    void equalUpdate_afterRevocation_isDenied() {
        PresencePatch beat = PresencePatch.none().status("online").expiresIn(MONTH);
        update(READABLE, Duration.ofSeconds(1));
        assertThatThrownBy(() -> bob.update("p", beat)).isInstanceOf(PresenceException.class);
        assertThat(secondsLeft()).isEqualTo(1);
        update(SHARED, Duration.ofSeconds(1));
        assertThat(bob.update("p", beat).presence().permissions()).isEqualTo(SHARED);
        assertThat(secondsLeft()).isEqualTo(MONTH.toSeconds());
    }

    @Test
    void touch_afterRevocationWithLongerTtl_keepsItsDeadline() {
        overtaking = () -> update(READABLE, Duration.ofSeconds(60));
        assertThatThrownBy(() -> bob.touch("p", Duration.ofSeconds(20))).isInstanceOf(PresenceException.class);
        assertThat(secondsLeft()).isEqualTo(60);
        assertThat(store.touch("p", Duration.ofSeconds(90))).isTrue();
        assertThat(secondsLeft()).isEqualTo(90);
    }
}
