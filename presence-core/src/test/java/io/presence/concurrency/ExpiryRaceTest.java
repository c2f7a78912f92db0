package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.fixture.Promise;
import io.presence.query.Query;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * One presence in the last millisecond before its deadline: one thread extends, ends or writes it while another lets
 * the millisecond pass and reads.
 */
class ExpiryRaceTest {

    private static final int ROUNDS = 3_000;
    private static final long TTL = 10;

    private final ObservedStore stage = new ObservedStore();
    private boolean first;
    private boolean second;
    private boolean found;

    @AfterEach
    void close() {
        stage.close();
        assertThat(stage.delivered.violations()).isEmpty();
    }

    /** The thread that passes the deadline and reads, in one of several ways. */
    private boolean passAndLook(int round) {
        stage.pass(1);
        switch (round % 4) {
            case 0:
                return stage.get() != null;
            case 1:
                return stage.store.count() == 1;
            case 2:
                return !stage.store
                        .list(Query.equal("status", "online", "away"))
                        .presences()
                        .isEmpty();
            default:
                stage.store.doWork();
                return stage.get() != null;
        }
    }

    private void atTheLastMilli() {
        stage.begin("online", TTL);
        stage.pass(TTL - 1);
    }

    private List<String> stepsWhenDrained() {
        stage.drain();
        return stage.delivered.steps();
    }

    private void forget() {
        stage.store.delete(ObservedStore.ID);
        stage.drain();
        stage.delivered.steps();
    }

    @Test
    @Promise("heartbeat-not-lost")
    void touch_racingWithExpiry_extendsExactlyIfItReturnedTrue() {
        Lockstep.run(
                ROUNDS,
                round -> atTheLastMilli(),
                round -> {
                    boolean kept = first || second;
                    assertThat(found).as("found alive at the old deadline").isEqualTo(kept);
                    assertThat(stage.get() != null).as("alive afterwards").isEqualTo(kept);
                    assertThat(stepsWhenDrained()).isEqualTo(kept ? List.of() : List.of("EXPIRED"));
                    forget();
                },
                round -> first = stage.store.touch(ObservedStore.ID),
                round -> second = stage.store.touch(ObservedStore.ID, Duration.ofMillis(TTL)),
                round -> found = passAndLook(round));
    }

    @Test
    void upsert_racingWithExpiry_startsNewIncarnationExactlyIfExpiryWasObserved() {
        Lockstep.run(
                ROUNDS,
                round -> atTheLastMilli(),
                round -> {
                    assertThat(stage.get()).isNotNull();
                    List<String> steps = stepsWhenDrained();
                    assertThat(steps).isIn(List.of("UPDATE"), List.of("EXPIRED", "ENTER"));
                    if (!found) {
                        assertThat(steps).as("found gone").isEqualTo(List.of("EXPIRED", "ENTER"));
                    }
                    forget();
                },
                round -> stage.store.upsert(ObservedStore.upsert("away", TTL)),
                round -> found = passAndLook(round));
    }

    @Test
    void equalUpsert_racingWithExpiry_startsNewIncarnationExactlyIfExpiryWasObserved() {
        Lockstep.run(
                ROUNDS,
                round -> atTheLastMilli(),
                round -> {
                    assertThat(stage.get()).isNotNull();
                    List<String> steps = stepsWhenDrained();
                    assertThat(steps).isIn(List.of(), List.of("EXPIRED", "ENTER"));
                    if (!found) {
                        assertThat(steps).as("found gone").isEqualTo(List.of("EXPIRED", "ENTER"));
                    }
                    forget();
                },
                round -> stage.store.upsert(ObservedStore.upsert("online", TTL)),
                round -> stage.store.touch(ObservedStore.ID, Duration.ofMillis(round % 2 + 1)),
                round -> found = passAndLook(round));
    }

    @Test
    void updateWithTtl_racingWithExpiry_extendsExactlyIfItSucceeded() {
        Lockstep.run(
                ROUNDS,
                round -> atTheLastMilli(),
                round -> {
                    assertThat(found).as("found alive at the old deadline").isEqualTo(first);
                    assertThat(stage.get() != null).isEqualTo(first);
                    assertThat(stepsWhenDrained()).isEqualTo(List.of(first ? "UPDATE" : "EXPIRED"));
                    forget();
                },
                round -> first = update(PresencePatch.none().status("away").expiresIn(Duration.ofMillis(TTL))),
                round -> found = passAndLook(round));
    }

    @Test
    void updateOfStatus_racingWithExpiry_isDeliveredIfItSucceededAndExtendsNothing() {
        Lockstep.run(
                ROUNDS,
                round -> atTheLastMilli(),
                round -> {
                    assertThat(found).isFalse();
                    assertThat(stepsWhenDrained()).isEqualTo(first ? List.of("UPDATE", "EXPIRED") : List.of("EXPIRED"));
                },
                round -> first = update(PresencePatch.none().status("away")),
                round -> found = passAndLook(round));
    }

    @Test
    void delete_racingWithExpiry_isTheCauseExactlyIfItReturnedTrue() {
        Lockstep.run(
                ROUNDS,
                round -> atTheLastMilli(),
                round -> {
                    assertThat(found).isFalse();
                    assertThat(stepsWhenDrained()).isEqualTo(List.of(first ? "DELETED" : "EXPIRED"));
                },
                round -> first = stage.store.delete(ObservedStore.ID),
                round -> found = passAndLook(round));
    }

    @Test
    void delete_racingWithTouch_succeedsOnce() {
        Lockstep.run(
                ROUNDS,
                round -> atTheLastMilli(),
                round -> {
                    assertThat(first ^ second)
                            .as("exactly one delete returned true")
                            .isTrue();
                    assertThat(stage.get()).isNull();
                    assertThat(stage.store.touch(ObservedStore.ID)).isFalse();
                    assertThat(stepsWhenDrained()).isEqualTo(List.of("DELETED"));
                },
                round -> first = stage.store.delete(ObservedStore.ID),
                round -> second = stage.store.delete(ObservedStore.ID),
                round -> found = stage.store.touch(ObservedStore.ID));
    }

    /* The lease that a toucher read may be over by the time that it looks, when the life goes on under another. */
    @Test
    void touch_ofLivePresence_neverFails() {
        Lockstep.run(
                ROUNDS,
                round -> {
                    atTheLastMilli();
                    first = false;
                    second = true;
                },
                round -> {
                    assertThat(second).as("every touch of a life that goes on").isTrue();
                    forget();
                },
                round -> {
                    stage.store.upsert(ObservedStore.upsert("away", 1));
                    stage.store.touch(ObservedStore.ID, Duration.ofMillis(TTL));
                    stage.pass(2);
                    first = true;
                },
                round -> {
                    for (int i = 0; i < 20; i++) {
                        second &= stage.store.touch(ObservedStore.ID, Duration.ofMillis(1));
                    }
                });
    }

    @Test
    void get_ofLivePresence_neverMissesIt() {
        Lockstep.run(
                ROUNDS,
                round -> atTheLastMilli(),
                round -> {
                    assertThat(found && first).as("found by every look").isTrue();
                    forget();
                },
                round -> {
                    for (int i = 0; i < 5; i++) {
                        stage.store.upsert(ObservedStore.upsert("away", 2));
                        stage.pass(1);
                    }
                },
                round -> found = foundTimes(20),
                round -> first = foundTimes(20));
    }

    private boolean foundTimes(int looks) {
        boolean always = true;
        for (int i = 0; i < looks; i++) {
            @Nullable Presence seen = stage.get();
            always &= seen != null;
        }
        return always;
    }

    private boolean update(PresencePatch patch) {
        try {
            stage.store.update(ObservedStore.ID, patch);
            return true;
        } catch (PresenceException e) {
            assertThat(e.code()).isEqualTo(PresenceException.Code.NOT_FOUND);
            return false;
        }
    }
}
