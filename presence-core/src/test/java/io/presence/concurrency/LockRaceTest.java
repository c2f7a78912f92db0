package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceStore;
import io.presence.Principal;
import io.presence.fixture.Promise;
import io.presence.lock.SoftLock;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One lock that several threads take, release, wait for and cancel at the same moment. */
class LockRaceTest {

    private static final int ROUNDS = 3_000;
    private static final String DOC = "doc:42";
    private static final Duration LONG = Duration.ofHours(1);

    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .lockPolicy((principal, resource) -> true)
            .stealRule((thief, held) -> true)
            .build();
    private final PresenceSession ada = store.open(Principal.user("ada").build());
    private final PresenceSession bob = store.open(Principal.user("bob").build());
    private final PresenceSession tab = store.open(Principal.user("ada").build());
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger order = new AtomicInteger();
    /* By the order of the grants. Guarded by this map. */
    private final Map<Integer, Long> tokens = new TreeMap<>();
    private SoftLock held;
    private CompletableFuture<SoftLock> wait;

    @AfterEach
    void close() {
        store.close();
    }

    private void drain() {
        int work = 1;
        while (work > 0) {
            work = store.doWork();
        }
    }

    /**
     * Tried: fails in the first round if {@code SoftLocks.tryLock} does not take the monitor of the id, and within 300
     * rounds if it draws the token before it takes the monitor.
     */
    @Test
    @Promise("lock-one-holder")
    @Promise("lock-tokens")
    void locks_takenByThreeThreads_haveOneHolderAndGrowingTokens() {
        Lockstep.run(
                ROUNDS,
                round -> tokens.clear(),
                round -> {
                    assertThat(List.copyOf(tokens.values()))
                            .isSorted()
                            .doesNotHaveDuplicates()
                            .hasSize(order.getAndSet(0));
                    drain();
                },
                round -> enter(ada),
                round -> enter(bob),
                round -> enter(tab));
    }

    private void enter(PresenceSession session) {
        for (int i = 0; i < 3; i++) {
            SoftLock lock = session.tryLock(DOC).orElse(null);
            if (lock == null) {
                continue;
            }
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            assertThat(lock.isHeld()).isTrue();
            int at = order.incrementAndGet();
            synchronized (tokens) {
                tokens.put(at, lock.token());
            }
            inside.decrementAndGet();
            assertThat(lock.release()).isTrue();
        }
    }

    /** Tried: fails within 1,000 rounds if {@code HeldLock.release} looks for a queue before it ends the lock. */
    @Test
    @Promise("lock-fifo")
    void wait_thatBeginsDuringTheRelease_isGranted() {
        Lockstep.run(
                ROUNDS,
                round -> held = ada.tryLock(DOC).orElseThrow(),
                round -> {
                    drain();
                    assertThat(wait).isCompleted();
                    assertThat(wait.join().release()).isTrue();
                    drain();
                },
                round -> held.release(),
                round -> wait = bob.lock(DOC, LONG).toCompletableFuture());
    }

    /** Tried: fails within 2,000 rounds if {@code Waiter.grant} does not release the lock of a cancelled wait. */
    @Test
    @Promise("lock-wait-ends")
    void cancel_duringTheGrant_keepsNoLock() {
        Lockstep.run(
                ROUNDS,
                round -> {
                    held = ada.tryLock(DOC).orElseThrow();
                    wait = bob.lock(DOC, LONG).toCompletableFuture();
                    held.release();
                },
                round -> {
                    drain();
                    boolean isGranted = !wait.isCancelled();
                    assertThat(store.locks().get(DOC) != null).isEqualTo(isGranted);
                    if (isGranted) {
                        wait.join().close();
                    }
                    drain();
                },
                round -> store.doWork(),
                round -> wait.cancel(true));
    }

    /** Tried: fails in the first round if {@code HeldPresences.findHeld} does not compare the version. */
    @Test
    @Promise("lock-fencing")
    void release_racingWithTheft_endsOnlyItsOwnGrant() {
        SoftLock[] stolen = new SoftLock[1];
        Lockstep.run(
                ROUNDS,
                round -> held = ada.tryLock(DOC).orElseThrow(),
                round -> {
                    assertThat(stolen[0].isHeld()).isTrue();
                    assertThat(store.locks().validate(DOC, stolen[0].token())).isTrue();
                    assertThat(held.release()).isFalse();
                    assertThat(stolen[0].release()).isTrue();
                    drain();
                },
                round -> stolen[0] = steal(ada),
                round -> held.release());
    }

    /* Again if the holder has changed meanwhile. */
    private static SoftLock steal(PresenceSession session) {
        SoftLock lock = null;
        while (lock == null) {
            lock = session.stealLock(DOC).orElse(null);
        }
        return lock;
    }

    @Test
    @Promise("lock-wait-ends")
    void close_ofTheSessionThatWaits_keepsNoLock() {
        PresenceSession[] waiting = new PresenceSession[1];
        Lockstep.run(
                ROUNDS,
                round -> {
                    held = ada.tryLock(DOC).orElseThrow();
                    waiting[0] = store.open(Principal.user("bob").build());
                    wait = waiting[0].lock(DOC, LONG).toCompletableFuture();
                    held.release();
                },
                round -> {
                    drain();
                    assertThat(wait).isDone();
                    assertThat(store.locks().get(DOC)).isNull();
                },
                round -> store.doWork(),
                round -> waiting[0].close());
    }
}
