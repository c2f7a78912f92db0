package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.ListPlan;
import io.presence.PresenceException;
import io.presence.PresenceStats.Lists;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.query.QueryException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The access paths of lists, as {@code explain} describes them. */
class ExplainTest {

    private final TestStore test =
            TestStore.create(builder -> builder.index("status").index("metadata.room"));
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    @BeforeEach
    void write() {
        for (int i = 0; i < 12; i++) {
            store.upsert(PresenceUpsert.of("p" + i, "user" + i % 4, i % 2 == 0 ? "online" : "away")
                    .metadata(i == 0 ? Map.of("room", "r1") : Map.of()));
        }
    }

    private void assertPlan(String access, long candidates, Query... queries) {
        ListPlan plan = store.explain(queries);
        assertThat(plan.access()).isEqualTo(access);
        assertThat(plan.isFullScan()).isEqualTo(access.equals("full scan"));
        assertCounted(plan, queries);
        assertThat(plan.candidates()).isEqualTo(candidates);
        assertThat(plan.presences()).isEqualTo(12);
    }

    /* The list that follows is counted as it was explained. */
    private void assertCounted(ListPlan plan, Query... queries) {
        Lists before = store.stats().lists();
        store.list(queries);
        Lists after = store.stats().lists();
        assertThat(after.count()).isEqualTo(before.count() + 1);
        assertThat(after.fullScans()).isEqualTo(before.fullScans() + (plan.isFullScan() ? 1 : 0));
        assertThat(after.scanned()).isEqualTo(before.scanned() + (plan.isFullScan() ? plan.candidates() : 0));
        assertThat(after.examined()).isBetween(before.examined(), before.examined() + plan.candidates());
    }

    @Test
    void stats_ofListsAndCounts_countScansAndPresencesExamined() {
        store.count(Query.equal("source", "web"));
        store.as(Principal.user("user1").build()).list(Query.notEqual("status", "online"));
        store.list(Query.equal("status", "online"), Query.limit(1));
        store.as(Principal.user("eve").build()).count(Query.equal("$id", "p1"));
        store.list(Query.equal("$id", "none"));
        assertThat(store.stats().lists()).isEqualTo(new Lists(5, 2, 12 + 12 + 6 + 1, 24));
        assertThatThrownBy(() -> store.list(Query.cursorAfter("none"))).isInstanceOf(PresenceException.class);
        store.explain();
        assertThat(store.explain(Query.equal("source", "web")).isFullScan()).isTrue();
        assertThat(store.stats().lists().count()).isEqualTo(5);
    }

    @Test
    void explain_withoutCondition_isFullScan() {
        assertPlan("full scan", 12);
        assertPlan("full scan", 12, Query.limit(1), Query.orderAsc("userId"));
    }

    @Test
    void explain_equal_usesItsIndex() {
        assertPlan("index on userId", 3, Query.equal("userId", "user1"));
        assertPlan("index on status", 6, Query.equal("status", "online"));
        assertPlan("index on metadata.room", 1, Query.equal("metadata.room", "r1"));
        assertPlan("index on metadata.room", 0, Query.equal("metadata.room", 5));
        assertPlan("$id", 1, Query.equal("$id", "p3"));
    }

    @Test
    void explain_severalValues_usesItsIndex() {
        assertPlan("index on userId", 6, Query.equal("userId", "user1", "user2", "user1"));
        assertPlan("$id", 3, Query.equal("$id", "p3", "p4", "none"));
        assertPlan("index on status", 12, Query.equal("status", "online", "away"));
    }

    @Test
    void explain_nullOrListAmongValues_usesTheIndexForNullAlone() {
        assertPlan("index on userId", 3, Query.equal("userId", "user1", null));
        assertPlan("index on userId", 0, Query.equal("userId", (Object) null));
        assertPlan("full scan", 12, Query.equal("metadata.room", "r1", List.of("r1")));
    }

    @Test
    void explain_severalConditions_choosesFewestCandidates() {
        assertPlan("index on userId", 3, Query.equal("status", "online"), Query.equal("userId", "user1"));
        assertPlan(
                "index on metadata.room",
                1,
                Query.and(Query.equal("status", "online"), Query.and(Query.equal("metadata.room", "r1"))),
                Query.equal("userId", "user1"));
        assertPlan("$id", 2, Query.equal("userId", "user1"), Query.equal("$id", "p3", "p4"));
    }

    @Test
    void explain_optionalCondition_isFullScan() {
        assertPlan("full scan", 12, Query.or(Query.equal("status", "online"), Query.equal("userId", "user1")));
        assertPlan("full scan", 12, Query.notEqual("status", "online"));
        assertPlan("full scan", 12, Query.equal("source", "web"));
        assertPlan("full scan", 12, Query.equal("metadata.room.x", "r1"));
    }

    @Test
    void explain_moreCandidatesThanPresences_isFullScan() {
        store.upsert(PresenceUpsert.of("p0", "user0", "online"));
        test.drain();
        store.upsert(PresenceUpsert.of("p0", "user0", "away"));
        assertPlan("full scan", 12, Query.equal("status", "online", "away"));
        test.drain();
        assertPlan("index on status", 12, Query.equal("status", "online", "away"));
    }

    @Test
    void explain_severalConditions_listsConsideredPaths() {
        ListPlan plan = store.explain(
                Query.equal("status", "online", "away"),
                Query.equal("source", "web"),
                Query.equal("userId", "user1"),
                Query.equal("metadata.room", List.of(List.of("r1"))),
                Query.startsWith("status", "o"),
                Query.isNull("source"));
        assertThat(plan.considered())
                .containsExactly(
                        "equal status: index on status, 12 candidates",
                        "equal source: not indexed",
                        "equal userId: index on userId, 3 candidates",
                        "equal metadata.room: a list or map is in no index",
                        "startsWith status: not equal, so no index serves it",
                        "isNull: not equal, so no index serves it");
        assertThat(plan).hasToString("index on userId: 3 of 12 presences; " + String.join("; ", plan.considered()));
    }

    @Test
    void explain_queryThatListRefuses_isRefused() {
        assertThatThrownBy(() -> store.explain(Query.equal("name", "x"))).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> store.explain(Query.select("status"))).isInstanceOf(QueryException.class);
    }
}
