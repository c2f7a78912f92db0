package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Version;
import io.presence.fixture.Promise;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Activity, rungs, writes and the end of one presence at the same moment.
 *
 * <p>Tried: fails if {@code IdleChanges.climb} or {@code IdleChanges.active} does not take the monitor of the entry, if
 * a session reports activity without it, or if the dispatcher delivers a rung and a return before its capture as an
 * update.
 */
class IdleRaceTest {

    private static final int ROUNDS = 5_000;
    private static final long TTL = 60_000;
    private static final long AWAY = 1_000;
    private static final Principal ADA = Principal.user("ada").build();

    private final ObservedStore stage =
            new ObservedStore(PresenceStore.builder().index("status"));
    private boolean isDone;

    @AfterEach
    void close() {
        stage.close();
        assertThat(stage.delivered.violations()).isEmpty();
    }

    private static PresenceUpsert online(long ttl) {
        return ObservedStore.upsert("online", ttl).idle(Duration.ofMillis(AWAY), "away");
    }

    /* Written long enough ago that the rung is due, and has not been shown. */
    private void begin(long ttl) {
        stage.store.upsert(online(ttl));
        steps();
        stage.pass(AWAY);
    }

    private List<String> steps() {
        stage.drain();
        return stage.delivered.steps();
    }

    private String shown() {
        Presence found = stage.get();
        return found == null ? "" : found.status();
    }

    private void assertNothingIsLeft() {
        assertThat(stage.get()).isNull();
        assertThat(stage.store.stats().presences()).isZero();
        assertThat(stage.store.explain(Query.equal("status", "online", "away")).candidates())
                .isZero();
    }

    private void forget() {
        stage.store.delete(ObservedStore.ID);
        steps();
    }

    /* The rung is shown one rung's time after now, and not before. */
    private void assertIdleSinceNow() {
        assertThat(shown()).isEqualTo("online");
        stage.pass(AWAY - 1);
        assertThat(steps()).isEmpty();
        assertThat(shown()).isEqualTo("online");
        stage.pass(1);
        assertThat(steps()).containsExactly("UPDATE");
        assertThat(shown()).isEqualTo("away");
    }

    @Test
    @Promise("idle-race")
    void active_racingWithTheRung_isNotLost() {
        Lockstep.run(
                ROUNDS,
                round -> begin(TTL),
                round -> {
                    assertThat(steps()).isIn(List.of(), List.of("UPDATE", "UPDATE"));
                    assertIdleSinceNow();
                    forget();
                },
                round -> stage.store.active(ObservedStore.ID),
                round -> stage.store.doWork());
    }

    @Test
    @Promise("idle-race")
    void active_ofASessionRacingWithTheRung_isNotLost() {
        PresenceSession session = stage.store.open(ADA);
        Lockstep.run(
                ROUNDS,
                round -> {
                    session.upsert(online(TTL));
                    steps();
                    stage.pass(AWAY);
                },
                round -> {
                    assertThat(steps()).isIn(List.of(), List.of("UPDATE", "UPDATE"));
                    assertIdleSinceNow();
                    forget();
                },
                round -> assertThat(session.active()).isEqualTo(1),
                round -> stage.store.doWork());
    }

    @Test
    @Promise("idle-race")
    void deletion_racingWithActivityAndTheRung_isTheEnd() {
        Lockstep.run(
                ROUNDS,
                round -> begin(TTL),
                round -> {
                    assertThat(stage.get()).isNull();
                    assertThat(stage.store.active(ObservedStore.ID)).isFalse();
                    assertThat(steps())
                            .filteredOn(step -> !step.equals("UPDATE"))
                            .containsExactly("DELETED");
                    assertNothingIsLeft();
                },
                round -> stage.store.delete(ObservedStore.ID),
                round -> stage.store.active(ObservedStore.ID),
                round -> stage.store.doWork());
    }

    @Test
    @Promise("idle-race")
    void deadline_racingWithActivityAndTheRung_isTheEnd() {
        Lockstep.run(
                ROUNDS,
                round -> begin(AWAY + 1),
                round -> {
                    assertThat(stage.get()).isNull();
                    assertThat(steps())
                            .filteredOn(step -> !step.equals("UPDATE"))
                            .containsExactly("EXPIRED");
                    assertNothingIsLeft();
                },
                round -> stage.store.active(ObservedStore.ID),
                round -> stage.pass(1),
                round -> stage.store.doWork());
    }

    @Test
    @Promise("idle-race")
    void heartbeat_racingWithTheRung_isNotLost() {
        Lockstep.run(
                ROUNDS,
                round -> begin(2 * AWAY),
                round -> {
                    assertThat(isDone).isTrue();
                    assertThat(steps()).isIn(List.of(), List.of("UPDATE"));
                    assertThat(shown()).isEqualTo("away");
                    stage.pass(2 * AWAY - 1);
                    assertThat(steps()).isEmpty();
                    stage.pass(1);
                    assertThat(steps()).containsExactly("EXPIRED");
                },
                round -> isDone = stage.store.touch(ObservedStore.ID),
                round -> stage.store.doWork());
    }

    @Test
    @Promise("idle-version")
    void condition_racingWithTheRung_holds() {
        Version[] written = new Version[1];
        Lockstep.run(
                ROUNDS,
                round -> {
                    begin(TTL);
                    written[0] = stage.store.get(ObservedStore.ID).version();
                },
                round -> {
                    assertThat(steps()).isIn(List.of("UPDATE"), List.of("UPDATE", "UPDATE"));
                    assertThat(shown()).isEqualTo("busy");
                    assertThat(stage.get().version()).isNotEqualTo(written[0]);
                    forget();
                },
                round -> stage.store.update(
                        ObservedStore.ID, PresencePatch.none().status("busy").ifVersion(written[0])),
                round -> stage.store.doWork());
    }
}
