package io.presence.contract;

import static io.presence.PresenceException.Code.CURSOR_INVALID;
import static io.presence.PresenceException.Code.CURSOR_NOT_FOUND;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePage;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.query.ListQuery;
import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.query.QueryJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The position of a cursor, and the cases in which a cursor is refused. */
class CursorTest {

    private static final Query BY_STATUS = Query.orderAsc("status");
    private static final Query TEN = Query.limit(10);

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    @BeforeEach
    void write() {
        for (int i = 10; i < 50; i++) {
            store.upsert(
                    PresenceUpsert.of("p" + i, "user-" + i, "s" + (99 - i)).permissions(Permission.read(Role.any())));
        }
    }

    private static List<String> ids(PresencePage page) {
        return page.presences().stream().map(Presence::id).toList();
    }

    private static String next(Presences view, Query... queries) {
        String next = view.list(queries).nextCursor();
        assertThat(next).isNotNull();
        return next;
    }

    private static void assertInvalid(Presences view, String cursor, Query... queries) {
        List<Query> all = new ArrayList<>(List.of(queries));
        all.add(Query.cursorAfter(cursor));
        assertThat(assertRefused(CURSOR_INVALID, () -> view.list(all.toArray(Query[]::new))))
                .startsWith("cursor must be one that this store returned for the same principal, filters and order: /")
                .hasSizeLessThan(180);
    }

    @Test
    void list_afterLastPresenceHasEnded_continuesAtItsPosition() {
        List<Consumer<String>> ends = List.of(
                store::delete,
                id -> store.update(id, PresencePatch.none().permissions(List.of())),
                id -> store.update(id, PresencePatch.none().status("zzz")),
                id -> test.pass(Duration.ofSeconds(store.touch("p20", Duration.ofDays(1)) ? 0 : 1)));
        Presences ada = test.user("ada");
        for (Consumer<String> end : ends) {
            String cursor = next(ada, TEN);
            end.accept("p19");
            assertThat(ids(ada.list(TEN, Query.cursorAfter(cursor))).get(0)).isEqualTo("p20");
            store.upsert(PresenceUpsert.of("p19", "user-19", "s80").permissions(Permission.read(Role.any())));
        }
    }

    @Test
    void list_afterWholePageHasExpired_continuesAtItsPosition() {
        String cursor = next(store, TEN);
        test.clock().advance(Duration.ofMinutes(10));
        for (int i = 20; i < 50; i++) {
            store.touch("p" + i);
        }
        test.clock().advance(Duration.ofMinutes(10));
        assertThat(store.get("p19")).isNull();

        PresencePage page = store.list(TEN, Query.cursorAfter(cursor));

        assertThat(ids(page).get(0)).isEqualTo("p20");
        assertThat(page.total()).isEqualTo(30);
    }

    @Test
    void list_afterOrderValueOfLastChanged_continuesAtTheShownPosition() {
        String cursor = next(store, BY_STATUS, TEN);
        store.update("p40", PresencePatch.none().status("zzz"));

        assertThat(ids(store.list(BY_STATUS, TEN, Query.cursorAfter(cursor)))).startsWith("p39", "p38");
        assertThat(ids(store.list(BY_STATUS, Query.cursorAfter("p40")))).isEmpty();
    }

    @Test
    void list_pageByPage_hasCursorsExceptAtBothEnds() {
        PresencePage first = store.list(TEN);
        assertThat(first.hasPrevious()).isFalse();
        assertThat(first.previousCursor()).isNull();
        PresencePage page = first;
        int pages = 1;
        while (page.hasNext()) {
            page = store.list(TEN, Query.cursorAfter(page.nextCursor()));
            assertThat(page.hasPrevious()).isTrue();
            pages++;
        }
        assertThat(pages).isEqualTo(4);
        assertThat(page.nextCursor()).isNull();
        PresencePage third = store.list(TEN, Query.cursorBefore(page.previousCursor()));
        assertThat(ids(third)).startsWith("p30").endsWith("p39").hasSize(10);
        assertThat(third.hasNext()).isTrue();
        assertThat(ids(store.list(TEN, Query.cursorAfter(third.nextCursor())))).isEqualTo(ids(page));
    }

    @Test
    void list_withOffset_hasPreviousPage() {
        assertThat(store.list(Query.offset(1), TEN).hasPrevious()).isTrue();
        assertThat(ids(store.list(
                        TEN, Query.cursorBefore(store.list(Query.offset(1), TEN).previousCursor()))))
                .containsExactly("p10");
        assertThat(store.list(Query.offset(30), TEN).hasNext()).isFalse();
        PresencePage empty = store.list(Query.offset(40), TEN);
        assertThat(empty.presences()).isEmpty();
        assertThat(empty.hasNext() || empty.hasPrevious()).isFalse();
    }

    @Test
    void list_withLimitEqualToTotal_hasNoNextPage() {
        assertThat(store.list(Query.limit(40)).hasNext()).isFalse();
        assertThat(store.list(Query.limit(39)).hasNext()).isTrue();
        assertThat(store.list(Query.equal("status", "nobody")).hasNext()).isFalse();
    }

    @Test
    @Promise("cursor-sealed")
    void list_withAlteredCursor_isRefused() {
        String cursor = next(store, BY_STATUS, TEN);
        for (int i = 1; i < cursor.length(); i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            assertInvalid(store, cursor.substring(0, i) + other + cursor.substring(i + 1), BY_STATUS);
            assertInvalid(store, cursor.substring(0, i), BY_STATUS);
        }
        for (String text : List.of(cursor + "A", cursor + "=", cursor + " ", "/" + cursor, "/", "/p19", "/\u0000é")) {
            assertInvalid(store, text, BY_STATUS);
        }
    }

    @Test
    @Promise("cursor-sealed")
    void list_withCursorOfAnotherQuery_isRefused() {
        Query online = Query.startsWith("status", "s");
        String cursor = next(store, BY_STATUS, online, TEN);
        assertInvalid(store, cursor, online);
        assertInvalid(store, cursor, Query.orderDesc("status"), online);
        assertInvalid(store, cursor, Query.orderAsc("userId"), online);
        assertInvalid(store, cursor, BY_STATUS, Query.orderAsc("userId"), online);
        assertInvalid(store, cursor, BY_STATUS);
        assertInvalid(store, cursor, BY_STATUS, Query.startsWith("status", "s8"));
        assertInvalid(store, cursor, BY_STATUS, online, Query.isNull("source"));
    }

    @Test
    void list_withCursorOfEquivalentQuery_continues() {
        Set<String> some = new LinkedHashSet<>();
        for (int i = 10; i < 50; i++) {
            some.add("user-" + i);
        }
        Set<String> reversed = new HashSet<>(some);
        Query known = Query.isNotNull("status");
        String cursor = next(store, TEN, Query.equal("userId", some), known);

        assertThat(ids(store.list(
                        Query.limit(2),
                        Query.cursorAfter(cursor),
                        Query.and(known, Query.isNotNull("status")),
                        Query.equal("userId", reversed))))
                .containsExactly("p20", "p21");
    }

    @Test
    @Promise("cursor-sealed")
    void list_withCursorOfAnotherStore_isRefused() {
        try (TestStore other = TestStore.create()) {
            other.store().upsert(PresenceUpsert.of("p10", "u", "s"));
            other.store().upsert(PresenceUpsert.of("p11", "u", "s"));
            assertInvalid(store, next(other.store(), Query.limit(1)));
        }
    }

    @Test
    @Promise("cursor-sealed")
    void list_withCursorOfAnotherPrincipal_isRefused() {
        String cursor = next(test.user("ada"), TEN);
        assertInvalid(test.user("bob"), cursor);
        assertInvalid(test.user("host"), cursor);
        assertInvalid(store.as(Principal.guest().build()), cursor);
        assertInvalid(store, cursor);
        assertInvalid(test.user("ada"), next(store, TEN));
    }

    @Test
    void list_withCursorFromBeforeRoleWasGranted_continues() {
        String cursor = next(test.user("ada"), TEN);
        Presences inTeam = store.as(Principal.user("ada").team("blue").build());
        assertThat(ids(inTeam.list(TEN, Query.cursorAfter(cursor)))).startsWith("p20");
    }

    @Test
    @Promise("cursor-by-id")
    void list_afterUnreadableId_failsAsAfterAbsentOne() {
        store.update("p19", PresencePatch.none().permissions(List.of()));
        Presences ada = test.user("ada");
        String hidden = assertRefused(CURSOR_NOT_FOUND, () -> ada.list(Query.cursorAfter("p19")));
        store.delete("p19");
        String absent = assertRefused(CURSOR_NOT_FOUND, () -> ada.list(Query.cursorAfter("p19")));
        assertThat(hidden).isEqualTo(absent).isEqualTo("cursor must be a presence that is readable: p19");
    }

    @Test
    @Promise("cursor-sealed")
    void nextCursor_always_hidesThePosition() {
        store.upsert(PresenceUpsert.of("a-secret-id", "a-secret-user", "a-secret-status")
                .metadata(Map.of("rank", "a-secret-rank")));
        String cursor = next(store, Query.orderAsc("metadata.rank"), Query.limit(1));
        String bytes = new String(Base64.getUrlDecoder().decode(cursor.substring(1)), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("secret");
        assertThat(cursor).hasSizeLessThan(200);
        assertThat(next(store, Query.orderAsc("metadata.rank"), Query.limit(1))).isEqualTo(cursor);
    }

    @Test
    @Promise("cursor-size")
    void nextCursor_ofLongestValues_isWithinTheBound() {
        String id = "p".repeat(128);
        Map<String, Object> metadata = new HashMap<>();
        List<Query> queries = new ArrayList<>(List.of(Query.limit(1), Query.equal("status", "long")));
        for (int i = 0; i < 8; i++) {
            metadata.put("k" + i, "\ud83d\ude00".repeat(1000));
            queries.add(Query.orderDesc("metadata.k" + i));
        }
        store.upsert(PresenceUpsert.of(id, "u", "long").metadata(metadata));
        metadata.put("k7", "\ud83d\ude00".repeat(256) + "a");
        store.upsert(PresenceUpsert.of("q", "u", "long").metadata(metadata));

        PresencePage page = store.list(queries.toArray(Query[]::new));

        assertThat(ids(page)).as("alike in the first 256 characters, so by id").containsExactly(id);
        assertThat(page.nextCursor()).hasSizeBetween(10_000, ListQuery.Cursor.MAX_LENGTH);
        store.delete(id);
        queries.add(Query.cursorAfter(page.nextCursor()));
        assertThat(ids(store.list(queries.toArray(Query[]::new)))).containsExactly("q");
    }

    @Test
    void list_byNineOrders_isRefused() {
        Query[] orders = new Query[9];
        Arrays.setAll(orders, i -> Query.orderAsc("metadata.k" + i));
        assertThatThrownBy(() -> store.list(orders))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(QueryException.Code.LIMIT_EXCEEDED))
                .hasMessage("orderAsc and orderDesc must be at most 8: 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p19", "auth0|5f7c", "%2Fabc", "-", "_", "+", "=", "~", ".", "@", ":"})
    void list_afterAnyId_isNotReadAsCursor(String id) {
        store.delete(id);
        store.upsert(PresenceUpsert.of(id, "u", "s"));
        assertThat(store.list(Query.cursorAfter(id)).total()).isGreaterThan(1);
        assertThatThrownBy(() -> PresenceUpsert.of("/" + id, "u", "s")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nextCursor_throughJson_isUnchanged() {
        String cursor = next(store, BY_STATUS, TEN);
        Query read = QueryJson.parse(QueryJson.write(Query.cursorAfter(cursor)));
        assertThat(ids(store.list(BY_STATUS, TEN, read))).startsWith("p39");
    }
}
