package io.presence.contract;

import static io.presence.PresenceException.Code.CURSOR_NOT_FOUND;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePage;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The results of list and count. */
class ListTest {

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    /* Written in no order; rank of e and c is missing. */
    @BeforeEach
    void write() {
        upsert("d", "away", Map.of("rank", 2));
        upsert("a", "online", Map.of("rank", 3));
        upsert("e", "online", Map.of());
        upsert("c", "away", Map.of());
        upsert("b", "online", Map.of("rank", 1.5));
        upsert("f", "busy", Map.of("rank", 2));
    }

    private void upsert(String id, String status, Map<String, Object> metadata) {
        store.upsert(PresenceUpsert.of(id, "user-" + id, status).metadata(metadata));
        test.clock().advance(Duration.ofMillis(1));
    }

    private String ids(Query... queries) {
        return ids(store.list(queries));
    }

    private static String ids(PresencePage page) {
        return String.join("", page.presences().stream().map(Presence::id).toList());
    }

    @Test
    void list_withoutOrder_isOrderedById() {
        assertThat(ids()).isEqualTo("abcdef");
        assertThat(store.list().total()).isEqualTo(6);
        assertThat(store.list().presences()).isUnmodifiable();
    }

    @Test
    void list_severalFilters_requiresAll() {
        assertThat(ids(Query.equal("status", "online"))).isEqualTo("abe");
        assertThat(ids(Query.equal("status", "online"), Query.isNotNull("metadata.rank")))
                .isEqualTo("ab");
        assertThat(ids(Query.equal("status", "offline"))).isEmpty();
        assertThat(store.count(Query.equal("status", "online"), Query.isNotNull("metadata.rank")))
                .isEqualTo(2);
    }

    @Test
    void list_everyAttribute_canBeFiltered() {
        store.upsert(PresenceUpsert.of("a", "user-a", "online").source("web").metadata(Map.of("x", Map.of("y", 1))));
        assertThat(ids(Query.equal("$id", "a"))).isEqualTo("a");
        assertThat(ids(Query.equal("userId", "user-a"))).isEqualTo("a");
        assertThat(ids(Query.equal("source", "web"))).isEqualTo("a");
        assertThat(ids(Query.isNull("source"))).isEqualTo("bcdef");
        assertThat(ids(Query.equal("metadata.x.y", 1L))).isEqualTo("a");
        assertThat(ids(Query.equal("$createdAt", ManualClock.START.toString()))).isEqualTo("d");
        assertThat(ids(Query.updatedAfter(ManualClock.START.plusMillis(5)))).isEqualTo("a");
        assertThat(ids(Query.greaterThan(
                        "expiresAt", ManualClock.START.plusMillis(5).plus(Duration.ofMinutes(15)))))
                .isEqualTo("a");
    }

    @Test
    void list_ordered_isByValueThenIdWithMissingLast() {
        assertThat(ids(Query.orderAsc("metadata.rank"))).isEqualTo("bdface");
        assertThat(ids(Query.orderDesc("metadata.rank"))).isEqualTo("adfbce");
    }

    @Test
    void list_severalOrders_applyInSequence() {
        assertThat(ids(Query.orderAsc("status"), Query.orderDesc("$id"))).isEqualTo("dcfeba");
        assertThat(ids(Query.orderDesc("status"), Query.orderAsc("metadata.rank")))
                .isEqualTo("baefdc");
        assertThat(ids(Query.orderAsc("$createdAt"))).isEqualTo("daecbf");
        assertThat(ids(Query.orderDesc("$createdAt"))).isEqualTo("fbcead");
        assertThat(ids(Query.orderDesc("$id"))).isEqualTo("fedcba");
    }

    @Test
    void list_limitAndOffset_cutThePageAndNotTheTotal() {
        assertThat(ids(Query.limit(2))).isEqualTo("ab");
        assertThat(ids(Query.limit(2), Query.offset(3))).isEqualTo("de");
        assertThat(ids(Query.offset(5))).isEqualTo("f");
        assertThat(ids(Query.offset(6))).isEmpty();
        assertThat(ids(Query.offset(Integer.MAX_VALUE))).isEmpty();
        assertThat(store.list(Query.limit(2), Query.offset(6)).total()).isEqualTo(6);
        assertThat(store.list(Query.equal("status", "online"), Query.limit(1)).total())
                .isEqualTo(3);
    }

    @Test
    void list_withoutLimit_has25Presences() {
        for (int i = 0; i < 30; i++) {
            upsert("x" + i, "online", Map.of());
        }
        assertThat(store.list().presences()).hasSize(25);
        assertThat(store.list().total()).isEqualTo(36);
        assertThat(store.list(Query.limit(5000)).presences()).hasSize(36);
    }

    @Test
    void list_afterOrBeforeCursor_beginsOrEndsThere() {
        assertThat(ids(Query.cursorAfter("b"))).isEqualTo("cdef");
        assertThat(ids(Query.cursorAfter("b"), Query.limit(2))).isEqualTo("cd");
        assertThat(ids(Query.cursorAfter("b"), Query.limit(2), Query.offset(1))).isEqualTo("de");
        assertThat(ids(Query.cursorAfter("f"))).isEmpty();
        assertThat(ids(Query.cursorBefore("e"))).isEqualTo("abcd");
        assertThat(ids(Query.cursorBefore("e"), Query.limit(2))).isEqualTo("cd");
        assertThat(ids(Query.cursorBefore("e"), Query.limit(2), Query.offset(1)))
                .isEqualTo("bc");
        assertThat(ids(Query.cursorBefore("a"))).isEmpty();
        assertThat(store.list(Query.cursorAfter("e")).total()).isEqualTo(6);
    }

    @Test
    void list_afterCursor_followsTheOrder() {
        assertThat(ids(Query.orderAsc("metadata.rank"), Query.cursorAfter("d"))).isEqualTo("face");
        assertThat(ids(Query.orderAsc("metadata.rank"), Query.cursorBefore("c")))
                .isEqualTo("bdfa");
        assertThat(ids(Query.orderDesc("metadata.rank"), Query.cursorAfter("b")))
                .isEqualTo("ce");
        assertThat(ids(Query.orderDesc("metadata.rank"), Query.cursorBefore("e"), Query.limit(2)))
                .isEqualTo("bc");
    }

    @Test
    void list_afterCursorThatDoesNotMatch_isAccepted() {
        assertThat(ids(Query.equal("status", "online"), Query.cursorAfter("c"))).isEqualTo("e");
    }

    @Test
    void list_pageByPage_coversTheWholeList() {
        for (Query order : List.of(Query.orderAsc("metadata.rank"), Query.orderDesc("status"))) {
            StringBuilder forwards = new StringBuilder(ids(order, Query.limit(1)));
            for (int i = 1; i < 6; i++) {
                String last = forwards.substring(i - 1);
                forwards.append(ids(order, Query.limit(1), Query.cursorAfter(last)));
            }
            assertThat(forwards.toString()).isEqualTo(ids(order));
        }
    }

    @Test
    void list_afterAbsentId_isRefused() {
        assertThat(assertRefused(CURSOR_NOT_FOUND, () -> store.list(Query.cursorAfter("q"))))
                .isEqualTo("cursor must be a presence that is readable: q");
        store.delete("b");
        assertRefused(CURSOR_NOT_FOUND, () -> store.list(Query.cursorBefore("b")));
    }

    @Test
    void listAndCount_byPrincipal_haveReadablePresencesAlone() {
        store.upsert(PresenceUpsert.of("b", "user-b", "online").permissions(Permission.read(Role.users())));
        PresencePage page = test.user("user-d").list(Query.limit(1));
        assertThat(ids(page)).isEqualTo("b");
        assertThat(page.total()).isEqualTo(2);
        assertThat(test.user("user-d").count()).isEqualTo(2);
        assertThat(test.user("user-d").count(Query.equal("status", "away"))).isEqualTo(1);
        assertThat(test.user("nobody").list().total()).isEqualTo(1);
    }

    @Test
    void list_selectOfSomeAttributes_isRefused() {
        assertThat(ids(Query.select("*"))).isEqualTo("abcdef");
        assertThat(ids(Query.select("status", "*"))).isEqualTo("abcdef");
        assertThat(store.count(Query.select("*"))).isEqualTo(6);
        QueryException refusal = refusal(() -> store.list(Query.select("status")));
        assertThat(refusal.code()).isEqualTo(QueryException.Code.NOT_ALLOWED);
        assertThat(refusal).hasMessageStartingWith("select must be \"*\", presences are returned whole: ");
    }

    @Test
    void count_orderOrLimitOrCursor_isRefused() {
        for (Query option : List.of(
                Query.limit(1),
                Query.offset(1),
                Query.orderAsc("$id"),
                Query.orderDesc("$id"),
                Query.cursorAfter("a"),
                Query.cursorBefore("a"))) {
            QueryException refusal = refusal(() -> store.count(option));
            assertThat(refusal.code()).isEqualTo(QueryException.Code.NOT_ALLOWED);
            assertThat(refusal).hasMessageContaining(option.method().wireName());
        }
    }

    @Test
    void list_unknownAttribute_isRefused() {
        Stream<Query> unknown = Stream.of(
                Query.equal("$permissions", "x"),
                Query.equal("name", "x"),
                Query.equal("status.x", "x"),
                Query.orderAsc("name"),
                Query.or(Query.equal("status", "x"), Query.isNull("name")));
        assertThat(unknown)
                .allSatisfy(query -> assertThat(refusal(() -> store.list(query)).code())
                        .isEqualTo(QueryException.Code.UNKNOWN_ATTRIBUTE));
        assertThat(refusal(() -> store.count(Query.equal("name", "x"))).code())
                .isEqualTo(QueryException.Code.UNKNOWN_ATTRIBUTE);
        assertThat(refusal(() -> store.count(Query.equal("expiresAt", "soon"))).code())
                .isEqualTo(QueryException.Code.INVALID_VALUE);
    }

    @Test
    void list_nullQuery_isRefused() {
        assertThatThrownBy(() -> store.list((Query) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store.count(Arrays.asList((Query) null).toArray(Query[]::new)))
                .isInstanceOf(NullPointerException.class);
    }

    private static QueryException refusal(Runnable call) {
        return catchThrowableOfType(QueryException.class, call::run);
    }

    @Test
    void list_orderedByMaps_isById() {
        store.upsert(PresenceUpsert.of("y1", "u", "map").metadata(Map.of("m", Map.of("k", 2))));
        store.upsert(PresenceUpsert.of("x1", "u", "map").metadata(Map.of("m", Map.of("k", 9))));
        store.upsert(PresenceUpsert.of("z1", "u", "map").metadata(Map.of("m", Map.of("k", 1))));
        Query maps = Query.equal("status", "map");

        assertThat(ids(maps, Query.orderAsc("metadata.m"))).isEqualTo("x1y1z1");
        assertThat(ids(maps, Query.orderDesc("metadata.m"))).isEqualTo("x1y1z1");
        assertThat(ids(maps, Query.orderDesc("metadata.m"), Query.cursorAfter("x1")))
                .isEqualTo("y1z1");
        assertThat(ids(maps, Query.orderDesc("metadata.m.k"), Query.cursorBefore("z1")))
                .isEqualTo("x1y1");
    }

    @Test
    @Promise("filter-depth-api")
    void listCountSubscribe_filterNestedThousandsDeep_isRefused() {
        Query.Filter deep = Query.isNull("source");
        for (int i = 0; i < 100_000; i++) {
            deep = new Query.And(List.of(deep));
        }
        Query.Filter filter = deep;

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> store.list(filter),
                () -> store.count(filter),
                () -> store.explain(filter),
                () -> store.subscribe(Channel.presences(), event -> {}, filter))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            e -> assertThat(e.code()).isEqualTo(QueryException.Code.LIMIT_EXCEEDED));
        }
    }

    @Test
    void subscribe_productOfElementsAndConditions_isRefusedNamingTheFilter() {
        Query[] conditions = new Query[250];
        Arrays.setAll(conditions, i -> Query.notEqual("k" + i, i));

        assertThatThrownBy(() -> store.subscribe(
                        Channel.presences(),
                        event -> {},
                        Query.equal("status", "online"),
                        Query.elemMatch("metadata.list", conditions)))
                .isInstanceOf(QueryException.class)
                .hasMessageMatching("worst-case operations must be at most 1000000: [0-9]+ \\(at \\$\\[1\\]\\)");
    }
}
