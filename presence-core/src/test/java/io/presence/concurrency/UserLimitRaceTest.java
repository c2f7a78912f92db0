package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.fixture.Promise;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Threads of one user that need places, of which there is one. */
class UserLimitRaceTest {

    private static final int ROUNDS = 5_000;

    private static PresenceStore store() {
        return PresenceStore.builder()
                .callerDriven()
                .maxPresencesPerUser(1)
                .maxSubscriptionsPerUser(1)
                .build();
    }

    private static boolean isWritten(Presences user, String id) {
        return isGranted(() -> user.upsert(PresenceUpsert.of(id, "online")));
    }

    private static boolean isGranted(Supplier<?> call) {
        try {
            call.get();
            return true;
        } catch (PresenceException e) {
            assertThat(e.code()).isEqualTo(PresenceException.Code.LIMIT_EXCEEDED);
            return false;
        }
    }

    private static void drain(PresenceStore store) {
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    @Promise("user-presences")
    void upsert_ofTwoIdsAtOnce_oneGetsTheClaim() {
        try (PresenceStore store = store()) {
            Presences ada = store.as(Principal.user("ada").build());
            AtomicInteger written = new AtomicInteger();
            Lockstep.run(
                    ROUNDS,
                    round -> written.set(0),
                    round -> {
                        assertThat(written).hasValue(1);
                        assertThat(store.count()).isEqualTo(1);
                        assertThat(store.delete("a") ^ store.delete("b")).isTrue();
                        drain(store);
                    },
                    round -> written.addAndGet(isWritten(ada, "a") ? 1 : 0),
                    round -> written.addAndGet(isWritten(ada, "b") ? 1 : 0));
        }
    }

    @Test
    void upsert_ofOneIdAtOnce_succeedsForBoth() {
        try (PresenceStore store = store()) {
            Presences ada = store.as(Principal.user("ada").build());
            Lockstep.run(
                    ROUNDS,
                    round -> {},
                    round -> {
                        assertThat(store.delete("a")).isTrue();
                        drain(store);
                    },
                    round -> assertThat(isWritten(ada, "a")).isTrue(),
                    round -> assertThat(isWritten(ada, "a")).isTrue());
        }
    }

    @Test
    void upsert_racingWithDeleteAndDispatch_neitherExceedsNorLosesAClaim() {
        try (PresenceStore store = store()) {
            Presences ada = store.as(Principal.user("ada").build());
            Lockstep.run(
                    ROUNDS,
                    round -> assertThat(isWritten(ada, "a")).isTrue(),
                    round -> {
                        assertThat(store.count()).isLessThanOrEqualTo(1);
                        store.delete("a");
                        store.delete("b");
                        drain(store);
                    },
                    round -> store.delete("a"),
                    round -> isWritten(ada, "b"),
                    round -> store.doWork());
        }
    }

    @Test
    @Promise("user-subscriptions")
    void subscribe_twiceAtOnce_oneGetsTheClaim() {
        try (PresenceStore store = store()) {
            Presences ada = store.as(Principal.user("ada").build());
            Queue<Subscription> made = new ConcurrentLinkedQueue<>();
            Lockstep.Actor subscribe =
                    round -> isGranted(() -> made.add(ada.subscribe(Channel.presences(), event -> {})));
            Lockstep.run(
                    ROUNDS,
                    round -> {},
                    round -> {
                        assertThat(made).hasSize(1);
                        made.remove().close();
                        drain(store);
                    },
                    subscribe,
                    subscribe);
            assertThat(store.stats().subscriptions()).isZero();
        }
    }

    @Test
    void switchPrincipal_racingWithClose_releasesEachClaim() {
        try (PresenceStore store = store()) {
            Presences ada = store.as(Principal.user("ada").build());
            Presences bob = store.as(Principal.user("bob").build());
            Subscription[] made = new Subscription[1];
            Lockstep.run(
                    ROUNDS,
                    round -> made[0] = ada.subscribe(Channel.presences(), event -> {}),
                    round -> {
                        drain(store);
                        ada.subscribe(Channel.presences(), event -> {}).close();
                        bob.subscribe(Channel.presences(), event -> {}).close();
                    },
                    round -> made[0].close(),
                    round -> made[0].switchPrincipal(Principal.user("bob").build()));
        }
    }
}
