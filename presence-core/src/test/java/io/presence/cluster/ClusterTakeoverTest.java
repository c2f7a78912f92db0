package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Version;
import io.presence.WriteResult;
import io.presence.fixture.Promise;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A write on one node takes over the presence of another one, of the same user, without an end. */
class ClusterTakeoverTest {

    private final TestCluster cluster = TestCluster.of(3);
    private final TestNode a = cluster.node(0);
    private final TestNode b = cluster.node(1);
    private final TestNode c = cluster.node(2);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static PresenceUpsert online() {
        return PresenceUpsert.of("p", "u", "online");
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                write("upsert", 1, node -> node.store.upsert(online().source("b"))),
                write("equal upsert", 0, node -> node.store.upsert(online())),
                write(
                        "update",
                        1,
                        node -> node.store.update("p", PresencePatch.none().status("busy"))),
                write("touch", 0, node -> assertThat(node.store.touch("p")).isTrue()),
                write(
                        "touch with a TTL",
                        0,
                        node -> assertThat(node.store.touch("p", Duration.ofMinutes(1)))
                                .isTrue()),
                write(
                        "touchAll",
                        0,
                        node -> assertThat(node.store.touchAll(List.of("p", "absent")))
                                .isEqualTo(1)),
                write("active", 0, node -> assertThat(node.store.active("p")).isTrue()),
                write("session upsert", 1, node -> node.open("u").upsert(online().source("b"))),
                write("equal session upsert", 0, node -> node.open("u").upsert(online())),
                write("shared upsert", 0, node -> node.open("u").upsert(online().shared())));
    }

    private static Arguments write(String name, int updates, Consumer<TestNode> write) {
        return Arguments.of(name, updates, write);
    }

    @ParameterizedTest(name = "{0}")
    @Promise("cluster-takeover")
    @MethodSource("writes")
    void write_onAnotherNode_takesOverWithoutAnEnd(String name, int updates, Consumer<TestNode> write) {
        PresenceSession former = a.open("u");
        former.upsert(online());
        cluster.run(100);
        write.accept(b);
        cluster.run(1_000);

        List<String> expected = updates == 1 ? List.of("ENTER", "UPDATE") : List.of("ENTER");
        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("p")).as(node.name).isEqualTo(expected);
        }
        assertThat(a.status().ownPresences()).isZero();
        assertThat(b.status().ownPresences()).isEqualTo(1);
        cluster.assertAgreement();
        assertThat(former.touch()).isZero();
        assertThatThrownBy(() -> former.update("p", PresencePatch.none().status("late")))
                .isInstanceOfSatisfying(
                        PresenceException.class, e -> assertThat(e.code()).isEqualTo(Code.FENCED));
        former.close();
        cluster.run(1_000);
        cluster.crash(a);
        cluster.run(5_000);
        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("p")).as(node.name).isEqualTo(expected);
        }
        cluster.assertAgreement();
    }

    @Test
    void owner_lostRightAfterATakeover_losesNothing() {
        a.open("u").upsert(online());
        cluster.run(100);
        b.store.update("p", PresencePatch.none().status("busy"));
        b.rest();
        cluster.crash(a);
        cluster.run(5_000);

        assertThat(b.eventsOf("p")).containsExactly("ENTER", "UPDATE");
        assertThat(c.eventsOf("p")).containsExactly("ENTER", "UPDATE");
        assertThat(c.store.get("p").status()).isEqualTo("busy");
    }

    @Test
    void takeover_withoutTheNewOwnersFrame_isVisibleAtAThirdNode() {
        a.open("u").upsert(online());
        cluster.run(100);
        c.transport.receiveOnly((member, frame) -> !member.equals("b"));
        b.store.update("p", PresencePatch.none().status("busy"));
        cluster.run(500);
        assertThat(a.status().ownPresences()).isZero();
        assertThat(c.eventsOf("p")).containsExactly("ENTER");
        c.transport.receiveOnly((member, frame) -> true);
        cluster.run(2_000);

        assertThat(c.eventsOf("p")).containsExactly("ENTER", "UPDATE");
        cluster.assertAgreement();
    }

    @Test
    void upsert_backAndForth_isOneUpdateEach() {
        for (int i = 0; i < 20; i++) {
            cluster.node(i % 3).store.upsert(PresenceUpsert.of("p", "u", "s" + i));
            cluster.run(100);
        }

        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("p")).as(node.name).hasSize(20).startsWith("ENTER", "UPDATE");
            assertThat(node.eventsOf("p"))
                    .as(node.name)
                    .filteredOn("ENTER"::equals)
                    .hasSize(1);
            assertThat(node.eventsOf("p")).as(node.name).noneMatch(event -> event.startsWith("EXIT"));
        }
        cluster.assertAgreement();
    }

    @Test
    void conditions_onAReplica_areJudgedHere() {
        WriteResult created = a.store.upsert(online());
        cluster.run(100);
        Version version = created.presence().version();

        assertThat(b.store.get("p").version()).isEqualTo(version);
        assertConflict(() -> b.store.upsert(PresenceUpsert.of("p", "u", "busy").ifAbsent()));
        assertConflict(() -> b.store.upsert(online().ifVersion(Version.of(1, 1))));
        assertConflict(
                () -> b.store.update("p", PresencePatch.none().status("x").ifVersion(Version.of(1, 1))));
        assertConflict(() -> b.store.delete("p", Version.of(1, 1)));
        cluster.run(100);
        assertThat(a.status().ownPresences())
                .as("a refused write takes nothing over")
                .isEqualTo(1);
        WriteResult updated =
                b.store.update("p", PresencePatch.none().status("busy").ifVersion(version));
        cluster.run(100);
        assertThat(a.store.get("p").version()).isEqualTo(updated.presence().version());
        assertConflict(
                () -> a.store.update("p", PresencePatch.none().status("x").ifVersion(version)));
        assertThat(a.store.delete("p", updated.presence().version())).isTrue();
        cluster.run(500);
        cluster.assertAgreement();
        assertThat(c.eventsOf("p")).containsExactly("ENTER", "UPDATE", "EXIT DELETED");
    }

    private static void assertConflict(org.assertj.core.api.ThrowableAssert.ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        PresenceException.class, e -> assertThat(e.code()).isEqualTo(Code.VERSION_CONFLICT));
    }

    @Test
    void writers_onTwoNodesAtOnce_endWithOneOwner() {
        a.store.upsert(online());
        cluster.run(100);
        b.store.update("p", PresencePatch.none().status("busy"));
        c.store.update("p", PresencePatch.none().status("away"));
        cluster.run(2_000);

        cluster.assertAgreement();
        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("p")).as(node.name).startsWith("ENTER", "UPDATE");
            assertThat(node.eventsOf("p")).as(node.name).noneMatch(event -> event.startsWith("EXIT"));
        }
    }

    @Test
    void creation_onTwoNodesAtOnce_endsWithOneOwner() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online"));
        b.store.upsert(PresenceUpsert.of("p", "u", "busy"));
        cluster.run(2_000);

        cluster.assertAgreement();
        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("p")).as(node.name).startsWith("ENTER");
            assertThat(node.eventsOf("p")).as(node.name).noneMatch(event -> event.startsWith("EXIT"));
        }
    }

    @Test
    void return_inTheGraceOfAnotherNode_isAnUpdateAtMost() {
        PresenceSession former = a.open("u");
        former.upsert(online());
        cluster.run(100);
        former.close(Duration.ofSeconds(5));
        cluster.run(1_000);
        PresenceSession next = b.open("u");
        next.upsert(online());
        cluster.run(500);
        for (int i = 0; i < 10; i++) {
            next.touch();
            cluster.run(1_000);
        }

        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("p")).as(node.name).containsExactly("ENTER");
            assertThat(node.store.get("p")).as(node.name).isNotNull();
        }
        next.close();
        cluster.run(500);
        assertThat(a.eventsOf("p")).containsExactly("ENTER", "EXIT DISCONNECTED");
        assertThat(c.eventsOf("p")).containsExactly("ENTER", "EXIT DISCONNECTED");
    }

    @Test
    void grace_withoutReturn_isADisconnectEverywhere() {
        PresenceSession session = a.open("u");
        session.upsert(online());
        cluster.run(100);
        session.close(Duration.ofSeconds(1));
        cluster.run(2_000);

        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("p")).as(node.name).containsExactly("ENTER", "EXIT DISCONNECTED");
        }
    }
}
