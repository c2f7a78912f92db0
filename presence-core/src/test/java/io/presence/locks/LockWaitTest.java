package io.presence.locks;

import static io.presence.locks.LockStore.DOC;
import static io.presence.locks.LockStore.TTL;
import static io.presence.locks.LockStore.code;
import static io.presence.locks.LockStore.failure;
import static io.presence.locks.LockStore.granted;
import static io.presence.locks.LockStore.isDone;
import static io.presence.locks.LockStore.lock;
import static io.presence.locks.LockStore.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceException.Code;
import io.presence.Principal;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.Promise;
import io.presence.lock.SoftLock;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The waits for locks: their order, and everything that ends them. */
class LockWaitTest {

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void lock_ofFreeResource_isGrantedAtOnce() {
        try (LockStore locks = LockStore.create()) {
            assertThat(granted(locks.open("ada").lock(DOC, LONG)).isHeld()).isTrue();
        }
    }

    @Test
    @Promise("lock-fifo")
    void locks_thatWait_areGrantedInTheOrderOfArrival() {
        try (LockStore locks = LockStore.create()) {
            SoftLock held = lock(locks.open("eve"));
            List<CompletionStage<SoftLock>> waits = new ArrayList<>();
            for (String user : List.of("ada", "bob", "ada")) {
                waits.add(locks.open(user).lock(DOC, LONG));
            }
            assertThat(waits).noneMatch(LockStore::isDone);
            long last = held.token();
            held.close();
            for (int i = 0; i < waits.size(); i++) {
                locks.test.drain();
                SoftLock next = granted(waits.get(i));
                assertThat(next.token()).isGreaterThan(last);
                assertThat(waits.subList(i + 1, waits.size())).noneMatch(LockStore::isDone);
                last = next.token();
                next.close();
            }
            locks.test.drain();
            assertThat(locks.store.locks().get(DOC)).isNull();
        }
    }

    @Test
    @Promise("lock-fifo")
    void tryLock_whileOneWaits_doesNotOvertake() {
        try (LockStore locks = LockStore.create()) {
            SoftLock held = lock(locks.open("eve"));
            CompletionStage<SoftLock> wait = locks.open("ada").lock(DOC, LONG);
            held.close();
            assertThat(locks.open("bob").tryLock(DOC)).isEmpty();
            CompletionStage<SoftLock> later = locks.open("bob").lock(DOC, LONG);
            locks.test.drain();
            assertThat(granted(wait).isHeld()).isTrue();
            assertThat(isDone(later)).isFalse();
        }
    }

    @Test
    void lease_ofHolderThatIsSilent_endsForTheWaiter() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession silent = locks.open("eve");
            lock(silent);
            CompletionStage<SoftLock> wait = locks.open("ada").lock(DOC, LONG);
            locks.pass(TTL.minusNanos(1));
            silent.touch();
            locks.pass(Duration.ofNanos(1));
            assertThat(isDone(wait)).isFalse();
            locks.pass(TTL.minusNanos(2));
            assertThat(isDone(wait)).isFalse();
            locks.pass(Duration.ofNanos(1));
            assertThat(granted(wait).isHeld()).isTrue();
        }
    }

    @Test
    void grace_ofHolder_endsForTheWaiter() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession eve = locks.open("eve");
            lock(eve);
            CompletionStage<SoftLock> wait = locks.open("ada").lock(DOC, LONG);
            locks.test.drain();
            eve.close(Duration.ofSeconds(2));
            locks.pass(Duration.ofSeconds(2).minusNanos(1));
            assertThat(isDone(wait)).isFalse();
            locks.pass(Duration.ofNanos(1));
            assertThat(granted(wait).isHeld()).isTrue();
        }
    }

    /** Tried: fails if {@code LockQueues.granted} does nothing, since the timer is that of the grace then. */
    @Test
    void lease_afterReturnWithinLongerGrace_endsForTheWaiter() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession eve = locks.open("eve");
            lock(eve);
            CompletionStage<SoftLock> wait = locks.open("ada").lock(DOC, LONG);
            eve.close(TTL.multipliedBy(4));
            locks.test.drain();
            lock(locks.open("eve"));
            locks.pass(TTL);
            assertThat(granted(wait).isHeld()).isTrue();
        }
    }

    @Test
    void close_ofHolder_endsForTheWaiter() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession eve = locks.open("eve");
            lock(eve);
            CompletionStage<SoftLock> wait = locks.open("ada").lock(DOC, LONG);
            eve.close();
            locks.test.drain();
            assertThat(granted(wait).isHeld()).isTrue();
        }
    }

    @Test
    @Promise("lock-wait-ends")
    void timeout_byTheClockOfTheStore_endsTheWait() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession eve = locks.open("eve");
            SoftLock held = lock(eve);
            CompletionStage<SoftLock> wait = locks.open("ada").lock(DOC, Duration.ofSeconds(3));
            locks.pass(Duration.ofSeconds(3).minusNanos(1));
            assertThat(isDone(wait)).isFalse();
            locks.pass(Duration.ofNanos(1));
            assertThat(failure(wait))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("lock must be free within timeout, PT3S: doc:42");
            held.close();
            assertThat(locks.open("bob").tryLock(DOC)).isPresent();
        }
    }

    @Test
    @Promise("lock-wait-ends")
    void cancel_ofWait_leavesTheQueue() {
        try (LockStore locks = LockStore.create()) {
            SoftLock held = lock(locks.open("eve"));
            CompletionStage<SoftLock> first = locks.open("ada").lock(DOC, LONG);
            CompletionStage<SoftLock> second = locks.open("bob").lock(DOC, LONG);
            first.toCompletableFuture().cancel(true);
            held.close();
            locks.test.drain();
            assertThat(granted(second).isHeld()).isTrue();
        }
    }

    @Test
    @Promise("lock-wait-ends")
    void cancel_ofWaitThatIsJustGranted_releasesTheLock() {
        ManualExecutor executor = new ManualExecutor();
        try (LockStore locks = LockStore.create(builder -> builder.listenerExecutor(executor))) {
            executor.runAll();
            SoftLock held = lock(locks.open("eve"));
            CompletionStage<SoftLock> wait = locks.open("ada").lock(DOC, LONG);
            held.close();
            locks.test.drain();
            assertThat(locks.store.locks().get(DOC).userId()).isEqualTo("ada");
            assertThat(isDone(wait)).isFalse();
            wait.toCompletableFuture().cancel(true);
            executor.runAll();
            assertThat(locks.store.locks().get(DOC)).isNull();
        }
    }

    @Test
    @Promise("lock-wait-ends")
    void close_ofSession_endsItsWaits() {
        try (LockStore locks = LockStore.create()) {
            SoftLock held = lock(locks.open("eve"));
            PresenceSession ada = locks.open("ada");
            CompletionStage<SoftLock> wait = ada.lock(DOC, LONG);
            PresenceSession bob = locks.open("bob");
            CompletionStage<SoftLock> switched = bob.lock(DOC, LONG);
            ada.close(Duration.ofSeconds(5));
            assertThat(code(wait)).isEqualTo(Code.SESSION_CLOSED);
            bob.switchPrincipal(Principal.user("zoe").build());
            assertThat(code(switched)).isEqualTo(Code.SESSION_CLOSED);
            held.close();
            assertThat(locks.open("bob").tryLock(DOC)).isPresent();
        }
    }

    @Test
    @Promise("lock-wait-ends")
    void drain_ofStore_endsWaits() {
        try (LockStore locks = LockStore.create()) {
            lock(locks.open("eve"));
            CompletionStage<SoftLock> wait = locks.open("ada").lock(DOC, LONG);
            locks.store.drain(Duration.ZERO);
            locks.test.drain();
            assertThat(code(wait)).isEqualTo(Code.DRAINING);
        }
    }

    @Test
    @Promise("lock-wait-ends")
    void close_ofStore_endsWaits() {
        LockStore locks = LockStore.create();
        lock(locks.open("eve"));
        CompletionStage<SoftLock> wait = locks.open("ada").lock(DOC, LONG);
        locks.close();
        assertThat(code(wait)).isEqualTo(Code.STORE_CLOSED);
    }

    @Test
    @Promise("lock-limit")
    void waits_ofUserAndOfLock_areBounded() {
        try (LockStore locks = LockStore.create(builder -> builder.maxLocksPerUser(2))) {
            lock(locks.open("eve"));
            PresenceSession ada = locks.open("ada");
            CompletionStage<SoftLock> first = ada.lock(DOC, LONG);
            ada.lock(DOC, LONG);
            assertThat(refused(Code.LIMIT_EXCEEDED, () -> locks.open("ada").lock(DOC, LONG)))
                    .hasMessage("locks that a user waits for must be at most maxLocksPerUser: 2"
                            + " (retry once one has ended)");
            first.toCompletableFuture().cancel(true);
            ada.lock(DOC, LONG);
            for (int i = 0; i < 126; i++) {
                locks.open("user-" + i).lock(DOC, LONG);
            }
            assertThat(refused(Code.LIMIT_EXCEEDED, () -> locks.open("bob").lock(DOC, LONG)))
                    .hasMessage("sessions that wait for a lock must be at most 128: doc:42");
        }
    }

    @Test
    void wait_whoseGrantIsRefused_fails() {
        try (LockStore locks = LockStore.create(builder -> builder.maxLocksPerUser(1))) {
            SoftLock held = lock(locks.open("eve"));
            PresenceSession ada = locks.open("ada");
            CompletionStage<SoftLock> refused = ada.lock(DOC, LONG);
            CompletionStage<SoftLock> next = locks.open("bob").lock(DOC, LONG);
            ada.tryLock("other").orElseThrow();
            held.close();
            locks.test.drain();
            assertThat(code(refused)).isEqualTo(Code.LIMIT_EXCEEDED);
            assertThat(granted(next).isHeld()).isTrue();
        }
    }

    @Test
    void dependent_thatLocksAgain_doesNotDelayOthers() {
        try (LockStore locks = LockStore.create()) {
            SoftLock held = lock(locks.open("eve"));
            PresenceSession ada = locks.open("ada");
            List<Boolean> seen = new ArrayList<>();
            ada.lock(DOC, LONG).thenAccept(lock -> {
                seen.add(ada.tryLock("other").isPresent());
                lock.close();
            });
            CompletionStage<SoftLock> next = locks.open("bob").lock(DOC, LONG);
            held.close();
            locks.test.drain();
            assertThat(seen).containsExactly(true);
            assertThat(granted(next).isHeld()).isTrue();
        }
    }
}
