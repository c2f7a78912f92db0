package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.ClusterSeeds;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.lock.SoftLock;
import io.presence.session.PresenceSession;
import io.presence.testing.ManualStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks of several nodes: one holder for each resource, as far as the nodes have heard of each other. */
class ClusterLocksTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final int STEP = 20;

    private final SimulatedNetwork network = new SimulatedNetwork(1);
    private final List<ManualStore> nodes = new ArrayList<>();
    private ManualStore first;
    private ManualStore second;

    @BeforeEach
    void start() {
        first = start("n0", 10);
        second = start("n1", 20);
        run(3_000);
    }

    private ManualStore start(String name, long seed) {
        PresenceStoreBuilder options = ClusterSeeds.of(PresenceStore.builder(), seed)
                .lockPolicy((principal, resource) -> true)
                .stealRule((principal, held) -> true)
                .cluster(ClusterOptions.over(network.join(name)).lease(LEASE));
        ManualStore node = ManualStore.of(options);
        nodes.add(node);
        return node;
    }

    @AfterEach
    void close() {
        nodes.forEach(ManualStore::close);
    }

    private void run(int millis) {
        for (int passed = 0; passed < millis; passed += STEP) {
            network.runTo(network.now() + Duration.ofMillis(STEP).toNanos());
            nodes.forEach(node -> node.advance(Duration.ofMillis(STEP)));
        }
    }

    private static PresenceSession session(ManualStore node, String user) {
        return node.store().open(Principal.user(user).build());
    }

    private void cut() {
        network.cut("n0", "n1");
        network.cut("n1", "n0");
    }

    @Test
    void tryLock_ofAResourceLockedOnAnotherNode_isRefusedUntilItIsReleased() {
        SoftLock held = session(first, "ada").tryLock("doc").orElseThrow();
        run(100);

        assertThat(session(second, "bob").tryLock("doc")).isEmpty();
        assertThat(second.store().locks().validate("doc", held.token())).isTrue();

        held.release();
        run(100);
        SoftLock next = session(second, "bob").tryLock("doc").orElseThrow();
        assertThat(next.token()).isGreaterThan(held.token());
    }

    @Test
    void lock_waitingOnAnotherNode_isGrantedOnceTheHolderReleases() {
        SoftLock held = session(first, "ada").tryLock("doc").orElseThrow();
        run(100);
        CompletableFuture<SoftLock> waiting =
                session(second, "bob").lock("doc", Duration.ofMinutes(1)).toCompletableFuture();
        run(100);
        assertThat(waiting).isNotDone();

        held.release();
        run(100);
        assertThat(waiting).isCompleted();
        assertThat(waiting.join().isHeld()).isTrue();
    }

    @Test
    void lock_waitingOnAnotherNode_isGrantedOnceTheNodeOfTheHolderIsLost() {
        session(first, "ada").tryLock("doc").orElseThrow();
        run(100);
        CompletableFuture<SoftLock> waiting =
                session(second, "bob").lock("doc", Duration.ofMinutes(1)).toCompletableFuture();

        network.crash("n0");
        nodes.remove(first);
        run(3_000);
        assertThat(waiting).isCompleted();
        first.close();
    }

    @Test
    @Promise("cluster-locks")
    void locks_grantedOnBothSidesOfAPartition_haveOneHolderAfterwardsAndTheOtherTokenIsRefused() {
        cut();
        run(4_000);
        SoftLock one = session(first, "ada").tryLock("doc").orElseThrow();
        SoftLock other = session(second, "bob").tryLock("doc").orElseThrow();
        assertThat(one.isHeld()).isTrue();
        assertThat(other.isHeld()).isTrue();

        network.heal();
        run(4_000);
        assertThat(List.of(one.isHeld(), other.isHeld())).containsExactlyInAnyOrder(true, false);
        SoftLock kept = one.isHeld() ? one : other;
        SoftLock lost = one.isHeld() ? other : one;
        for (ManualStore node : nodes) {
            assertThat(node.store().locks().validate("doc", kept.token())).isTrue();
            assertThat(node.store().locks().validate("doc", lost.token())).isFalse();
        }
        assertThat(lost.renew()).isFalse();
        assertThat(lost.release()).isFalse();
        assertThat(kept.isHeld()).isTrue();
    }

    @Test
    void locks_grantedAtOneTime_endAsReplacedOnTheNodeThatLoses() {
        List<PresenceEvent> events = new ArrayList<>();
        for (ManualStore node : nodes) {
            node.store().locks().subscribe(SubscriptionOptions.defaults().withSnapshot(), events::add);
        }
        session(first, "ada").tryLock("doc").orElseThrow();
        session(second, "bob").tryLock("doc").orElseThrow();
        run(1_000);

        assertThat(events)
                .filteredOn(event -> event.change() == Change.EXIT)
                .extracting(PresenceEvent::cause)
                .containsOnly(Cause.REPLACED)
                .isNotEmpty();
        assertThat(first.store().locks().get("doc"))
                .isEqualTo(second.store().locks().get("doc"));
    }

    @Test
    void stealLock_fromASessionOfAnotherNode_endsItThereAndKeepsTheNewOne() {
        SoftLock held = session(first, "ada").tryLock("doc").orElseThrow();
        run(100);
        Optional<SoftLock> stolen = session(second, "bob").stealLock("doc");
        run(1_000);

        assertThat(stolen).isPresent();
        assertThat(stolen.orElseThrow().isHeld()).isTrue();
        assertThat(stolen.orElseThrow().token()).isGreaterThan(held.token());
        assertThat(held.isHeld()).isFalse();
        assertThat(first.store().locks().validate("doc", stolen.orElseThrow().token()))
                .isTrue();
    }
}
