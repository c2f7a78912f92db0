package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.fixture.Promise;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One presence that an old session loses to a newer one while the old one does something late. */
class SessionRaceTest {

    private static final int ROUNDS = 5_000;
    private static final long TTL = 10;
    private static final Duration GRACE = Duration.ofMillis(4);
    private static final Principal ADA = Principal.user("ada").build();

    private final ObservedStore stage = new ObservedStore();
    private PresenceSession old;
    private PresenceSession fresh;
    private boolean first;
    private boolean second;

    @AfterEach
    void close() {
        stage.close();
        assertThat(stage.delivered.violations()).isEmpty();
    }

    private void begin(PresenceUpsert upsert) {
        old = stage.store.open(ADA);
        fresh = stage.store.open(ADA);
        old.upsert(upsert);
        stage.drain();
        stage.delivered.steps();
        stage.pass(TTL / 2);
    }

    private static PresenceUpsert online(long ttl) {
        return PresenceUpsert.of(ObservedStore.ID, "online").expiresIn(Duration.ofMillis(ttl));
    }

    private List<String> steps() {
        stage.drain();
        return stage.delivered.steps();
    }

    private void assertEndsAfter(long millis) {
        Presence found = stage.get();
        assertThat(found).isNotNull();
        assertThat(found.expiresAt().toEpochMilli()).isEqualTo(stage.millis.get() + millis);
    }

    private void forget() {
        old.close();
        fresh.close();
        stage.drain();
        assertThat(stage.get()).isNull();
        stage.delivered.steps();
    }

    /**
     * The takeover sets the deadline that the presence has already, so only the fence in the lease word differs. Tried:
     * without {@code Lease.fence} this fails on an idle machine, and {@code SessionStress.Heartbeat} on a busy one too.
     */
    @Test
    @Promise("session-fencing")
    void takeover_racingWithLateHeartbeat_setsTheDeadline() {
        Lockstep.run(
                4 * ROUNDS,
                round -> begin(online(TTL)),
                round -> {
                    assertEndsAfter(TTL / 2);
                    assertThat(old.touch()).isZero();
                    assertThat(fresh.touch()).isEqualTo(1);
                    assertThat(steps()).isEmpty();
                    forget();
                },
                round -> fresh.upsert(online(TTL / 2)),
                round -> {
                    for (int i = 0; i < 20; i++) {
                        old.touch();
                    }
                });
    }

    /** Tried: fails if {@code HeldPresences.release} is not synchronized on the entry. */
    @Test
    @Promise("session-fencing")
    void takeover_racingWithLateClose_isNeverEndedByIt() {
        Lockstep.run(
                ROUNDS,
                round -> begin(online(TTL)),
                round -> {
                    assertEndsAfter(TTL);
                    assertThat(fresh.touch()).isEqualTo(1);
                    assertThat(steps()).isIn(List.of(), List.of("DISCONNECTED", "ENTER"));
                    forget();
                },
                round -> fresh.upsert(online(TTL)),
                round -> old.close());
    }

    /** Tried: fails if {@code HoldChange.of} leaves the holders of an upsert that is unheld. */
    @Test
    @Promise("session-fencing")
    void unheldUpsert_racingWithClose_leavesThePresence() {
        Lockstep.run(
                ROUNDS,
                round -> begin(online(TTL)),
                round -> {
                    assertEndsAfter(TTL);
                    assertThat(steps()).isIn(List.of(), List.of("DISCONNECTED", "ENTER"));
                    fresh.upsert(online(TTL));
                    forget();
                },
                round -> stage.store.as(ADA).upsert(online(TTL).unheld()),
                round -> old.close());
    }

    /** Tried: fails if {@code HeldPresences.release} is not synchronized on the entry. */
    @Test
    @Promise("session-grace")
    void takeover_racingWithCloseWithGrace_deliversNothing() {
        Lockstep.run(
                ROUNDS,
                round -> begin(online(TTL)),
                round -> {
                    assertEndsAfter(TTL);
                    assertThat(fresh.touch()).isEqualTo(1);
                    stage.pass(GRACE.toMillis());
                    assertThat(steps()).isEmpty();
                    forget();
                },
                round -> fresh.upsert(online(TTL)),
                round -> old.close(GRACE));
    }

    /** Tried: fails if {@code SessionHolds.close} is not synchronized. */
    @Test
    void close_racingWithClose_happensOnce() {
        Lockstep.run(
                ROUNDS,
                round -> begin(online(TTL)),
                round -> {
                    if (stage.get() != null) {
                        assertEndsAfter(GRACE.toMillis());
                        assertThat(steps()).isEmpty();
                        stage.pass(GRACE.toMillis());
                    }
                    assertThat(steps()).containsExactly("DISCONNECTED");
                    forget();
                },
                round -> old.close(),
                round -> old.close(GRACE));
    }

    /** Tried: fails if {@code SessionHolds.close} is not synchronized. */
    @Test
    void upsert_racingWithCloseOfItsSession_leavesNothing() {
        Lockstep.run(
                ROUNDS,
                round -> begin(online(TTL)),
                round -> {
                    assertThat(stage.get()).isNull();
                    assertThat(steps()).containsExactly("DISCONNECTED");
                    forget();
                },
                round -> {
                    try {
                        old.upsert(online(TTL));
                    } catch (PresenceException refused) {
                        assertThat(refused.code()).isEqualTo(Code.SESSION_CLOSED);
                    }
                },
                round -> old.close());
    }

    /** Tried: fails if {@code HeldPresences.release} is not synchronized on the entry. */
    @Test
    @Promise("session-end")
    void shared_racingWithCloseOfTheOnlyHolder_isHeldAfterwards() {
        Lockstep.run(
                ROUNDS,
                round -> begin(online(TTL).shared()),
                round -> {
                    assertEndsAfter(TTL);
                    assertThat(fresh.touch()).isEqualTo(1);
                    assertThat(steps()).isIn(List.of(), List.of("DISCONNECTED", "ENTER"));
                    forget();
                },
                round -> fresh.upsert(online(TTL).shared()),
                round -> old.close());
    }

    /** Tried: fails if {@code HeldPresences.release} is not synchronized on the entry. */
    @Test
    @Promise("session-end")
    void closes_ofAllHolders_endItOnce() {
        Lockstep.run(
                ROUNDS,
                round -> {
                    begin(online(TTL).shared());
                    fresh.upsert(online(TTL).shared());
                },
                round -> {
                    assertThat(stage.get()).isNull();
                    assertThat(steps()).containsExactly("DISCONNECTED");
                    forget();
                },
                round -> old.close(),
                round -> fresh.close());
    }

    /** Tried: fails if a takeover adds a holder, as a shared upsert does. */
    @Test
    @Promise("session-fencing")
    void takeovers_atOnce_leaveOneHolder() {
        Lockstep.run(
                ROUNDS,
                round -> begin(online(TTL)),
                round -> {
                    assertThat(old.touch() + fresh.touch()).isEqualTo(1);
                    assertThat(first || second).isTrue();
                    forget();
                },
                round -> first = fresh.upsert(online(TTL)).presence().status().equals("online"),
                round -> second = old.upsert(online(TTL)).presence().status().equals("online"));
    }

    @Test
    @Promise("session-end")
    void close_racingWithExpiry_hasOneCause() {
        Lockstep.run(
                ROUNDS,
                round -> begin(online(TTL / 2 + 1)),
                round -> {
                    assertThat(stage.get()).isNull();
                    assertThat(steps()).isIn(List.of("DISCONNECTED"), List.of("EXPIRED"));
                    forget();
                },
                round -> old.close(),
                round -> {
                    stage.pass(1);
                    stage.store.doWork();
                });
    }
}
