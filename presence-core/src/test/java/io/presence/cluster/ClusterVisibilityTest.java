package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.SubscriptionOptions;
import io.presence.count.PresenceCounts;
import io.presence.fixture.Promise;
import io.presence.query.Query;
import io.presence.testing.RecordingListener;
import io.presence.user.UserEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The presences of one node in all that the other one shows. Rights are judged where the reader is. */
class ClusterVisibilityTest {

    private static final Principal FRIEND = Principal.user("friend").build();
    private static final Principal STRANGER = Principal.user("stranger").build();

    private final TestCluster cluster = new TestCluster();
    private final TestNode a = startIndexed("a");
    private final TestNode b = startIndexed("b");

    private TestNode startIndexed(String name) {
        TestNode node = cluster.start(name, options -> options, builder -> builder.index("metadata.room"));
        cluster.run(2_500);
        return node;
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private static PresenceUpsert forFriend(String id, String user, String status) {
        return PresenceUpsert.of(id, user, status)
                .metadata(Map.of("room", "r1"))
                .permissions(Permission.read(Role.user("friend")));
    }

    @Test
    void upsert_onAnotherNode_isInEachRead() {
        a.store.upsert(forFriend("p", "u", "online"));
        a.store.upsert(PresenceUpsert.of("q", "u", "busy").metadata(Map.of("room", "r2")));
        cluster.run(100);

        Presence there = b.store.get("p");
        assertThat(there).isNotNull();
        assertThat(SimulatedNode.text(there)).isEqualTo(SimulatedNode.text(a.store.get("p")));
        assertThat(b.store.list().presences()).hasSize(2);
        assertThat(b.store.count(Query.equal("status", "busy"))).isEqualTo(1);
        assertThat(b.store.list(Query.equal("metadata.room", "r1")).presences()).containsExactly(there);
        assertThat(b.store.explain(Query.equal("metadata.room", "r1")).toString())
                .contains("metadata.room");
        assertThat(b.store.statusCounts()).isEqualTo(Map.of("online", 1L, "busy", 1L));
        assertThat(b.store.stats().presences()).isEqualTo(2);
        assertThat(b.status().ownPresences()).isZero();
        assertThat(b.eventsOf("p")).containsExactly("ENTER");
        cluster.assertAgreement();
    }

    @Test
    void indexedQuery_afterMoveToAnotherValue_findsItThereOnly() {
        a.store.upsert(forFriend("p", "u", "online"));
        cluster.run(100);
        a.store.update("p", PresencePatch.none().set("metadata.room", "r2"));
        cluster.run(100);

        assertThat(b.store.list(Query.equal("metadata.room", "r1")).presences()).isEmpty();
        assertThat(b.store.list(Query.equal("metadata.room", "r2")).presences()).hasSize(1);
        a.store.delete("p");
        cluster.run(100);
        assertThat(b.store.list(Query.equal("metadata.room", "r2")).presences()).isEmpty();
        assertThat(b.store.stats().presences()).isZero();
    }

    @Test
    @Promise("cluster-rights")
    void presence_ofAnotherNode_isVisibleToItsReadersOnly() {
        RecordingListener friend = b.subscribe(FRIEND);
        RecordingListener stranger = b.subscribe(STRANGER);
        a.store.upsert(forFriend("p", "u", "online"));
        cluster.run(100);
        a.store.update("p", PresencePatch.none().status("busy"));
        cluster.run(100);
        a.store.delete("p");
        cluster.run(100);

        assertThat(TestNode.eventsOf(friend, "p")).containsExactly("ENTER", "UPDATE", "EXIT DELETED");
        assertThat(stranger.events()).isEmpty();
    }

    @Test
    void reads_ofAStranger_findNothing() {
        a.store.upsert(forFriend("p", "u", "online"));
        cluster.run(100);
        Presences stranger = b.store.as(STRANGER);
        Presences friend = b.store.as(FRIEND);

        assertThat(stranger.get("p")).isNull();
        assertThat(stranger.list().presences()).isEmpty();
        assertThat(stranger.count()).isZero();
        assertThat(stranger.touch("p")).isFalse();
        assertThat(friend.get("p")).isNotNull();
        assertThat(friend.list(Query.equal("metadata.room", "r1")).presences()).hasSize(1);
        assertThat(friend.count()).isEqualTo(1);
        cluster.run(100);
        assertThat(a.status().ownPresences()).isEqualTo(1);
    }

    @Test
    void snapshot_afterTheWrite_hasIt() {
        a.store.upsert(forFriend("p", "u", "online"));
        cluster.run(100);
        RecordingListener friend = b.subscribe(FRIEND);
        RecordingListener stranger = b.subscribe(STRANGER);
        cluster.run(100);

        assertThat(friend.present()).containsOnlyKeys("p");
        assertThat(stranger.present()).isEmpty();
        assertThat(stranger.isSynced()).isTrue();
    }

    @Test
    void users_overTwoNodes_areOneUser() {
        List<UserEvent> seen = new ArrayList<>();
        List<UserEvent> byStranger = new ArrayList<>();
        SubscriptionOptions snapshot = SubscriptionOptions.defaults().withSnapshot();
        b.store.users(snapshot, seen::add);
        b.store.as(STRANGER).users(snapshot, byStranger::add);
        b.store.upsert(PresenceUpsert.of("p", "u", "away"));
        cluster.run(100);
        a.store.upsert(PresenceUpsert.of("q", "u", "busy"));
        cluster.run(100);
        a.store.delete("q");
        cluster.run(100);
        b.store.delete("p");
        cluster.run(100);

        assertThat(seen.stream()
                        .map(each -> each.change() + " " + each.user().status() + " "
                                + each.user().presences()))
                .containsExactly("ENTER away 1", "UPDATE busy 2", "UPDATE away 1", "EXIT away 1");
        assertThat(byStranger).isEmpty();
    }

    @Test
    void counts_overTwoNodes_areSums() {
        try (PresenceCounts rooms = b.store.counts("metadata.room")) {
            a.store.upsert(forFriend("p", "u", "online"));
            b.store.upsert(forFriend("q", "v", "online"));
            cluster.run(100);
            assertThat(rooms.of("r1").presences()).isEqualTo(2);
            assertThat(rooms.of("r1").users()).isEqualTo(2);
            b.store.touch("p");
            cluster.run(100);
            assertThat(rooms.of("r1").presences()).isEqualTo(2);
            cluster.crash(a);
            cluster.run(5_000);
            assertThat(rooms.of("r1").presences()).isEqualTo(2);
        }
    }

    @Test
    void permission_revokedAtTheOwnerInAPartition_showsNothingAfterwards() {
        RecordingListener friend = b.subscribe(FRIEND);
        a.store.upsert(forFriend("p", "u", "online"));
        cluster.run(100);
        cluster.cut(a, b);
        a.store.update("p", PresencePatch.none().permissions(Permission.read(Role.user("other"))));
        cluster.run(4_000);
        assertThat(TestNode.eventsOf(friend, "p")).containsExactly("ENTER", "EXIT NODE_LOST");
        cluster.network.heal();
        cluster.run(6_000);
        a.store.update("p", PresencePatch.none().status("busy"));
        cluster.run(100);

        assertThat(b.store.get("p")).isNotNull();
        assertThat(b.store.as(FRIEND).get("p")).isNull();
        assertThat(TestNode.eventsOf(friend, "p")).containsExactly("ENTER", "EXIT NODE_LOST");
        cluster.assertAgreement();
    }

    @Test
    void principal_switchedInAPartition_seesNothingAfterwards() {
        RecordingListener listener = RecordingListener.withSnapshot();
        var subscription = b.store
                .as(FRIEND)
                .subscribe(
                        io.presence.Channel.presences(),
                        SubscriptionOptions.defaults().withSnapshot(),
                        listener);
        a.store.upsert(forFriend("p", "u", "online"));
        cluster.run(100);
        cluster.cut(a, b);
        subscription.switchPrincipal(STRANGER);
        cluster.run(4_000);
        cluster.network.heal();
        a.store.update("p", PresencePatch.none().status("busy"));
        cluster.run(6_000);

        assertThat(TestNode.eventsOf(listener, "p")).containsExactly("ENTER", "EXIT NO_LONGER_READABLE");
        assertThat(b.store.get("p").status()).isEqualTo("busy");
    }
}
