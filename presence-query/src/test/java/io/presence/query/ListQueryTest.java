package io.presence.query;

import static io.presence.query.QueryException.Code.CONFLICT;
import static io.presence.query.QueryException.Code.INVALID_ATTRIBUTE;
import static io.presence.query.QueryException.Code.INVALID_VALUE;
import static io.presence.query.QueryException.Code.LIMIT_EXCEEDED;
import static io.presence.query.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ListQueryTest {

    static Stream<Arguments> conflicts() {
        return Stream.of(
                Arguments.of(Query.limit(1), Query.limit(1)),
                Arguments.of(Query.offset(1), Query.offset(2)),
                Arguments.of(Query.cursorAfter("a"), Query.cursorAfter("b")),
                Arguments.of(Query.cursorAfter("a"), Query.cursorBefore("b")),
                Arguments.of(Query.cursorBefore("a"), Query.cursorAfter("b")),
                Arguments.of(Query.select("a"), Query.select("*")));
    }

    @Test
    void of_nothing_hasTheDefaults() {
        assertThat(ListQuery.of()).isEqualTo(new ListQuery(Query.everything(), List.of(), 25, 0, null, List.of()));
    }

    @Test
    void of_everyOption_isSortedOut() {
        Query.Filter filter = Query.equal("status", "online");

        ListQuery query = ListQuery.of(
                Query.orderDesc("b"),
                Query.limit(5),
                filter,
                Query.offset(7),
                Query.orderAsc("a"),
                Query.cursorBefore("id"),
                Query.select("status", "metadata.x"));

        assertThat(query.filter()).isEqualTo(filter);
        assertThat(query.orders()).isEqualTo(List.of(Query.orderDesc("b"), Query.orderAsc("a")));
        assertThat(query.limit()).isEqualTo(5);
        assertThat(query.offset()).isEqualTo(7);
        assertThat(query.cursor()).isEqualTo(Query.cursorBefore("id"));
        assertThat(query.select()).containsExactly("status", "metadata.x");
    }

    @Test
    void of_filters_allHold() {
        Query.Filter a = Query.isNull("a");
        Query.Filter b = Query.isNull("b");

        assertThat(ListQuery.of(List.of(a, Query.limit(1), b)).filter()).isEqualTo(Query.and(a, b));
    }

    @Test
    void of_selectEverything_isNoSelection() {
        assertThat(ListQuery.of(Query.select("a", "*")).select()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void of_secondOptionOfAKind_isRefused(Query first, Query second) {
        assertRefused(
                () -> ListQuery.of(first, Query.isNull("a"), second),
                CONFLICT,
                "$[2]",
                second.method().wireName() + " must not be given beside: \""
                        + first.method().wireName() + "\"");
    }

    @Test
    void of_mostQueries_areAccepted() {
        ListQuery query = ListQuery.of(Collections.nCopies(100, Query.isNull("a")));

        assertThat(((Query.And) query.filter()).filters()).hasSize(100);
    }

    @Test
    void of_tooManyQueries_areRefused() {
        assertRefused(
                () -> ListQuery.of(Collections.nCopies(101, Query.isNull("a"))),
                LIMIT_EXCEEDED,
                "$",
                "queries must be at most 100: 101");
    }

    @Test
    void of_otherLimits_areApplied() {
        assertRefused(
                () -> ListQuery.of(List.of(Query.equal("a", 1, 2)), Limits.of(1, 1, 1, 1, 1, 1)),
                LIMIT_EXCEEDED,
                "$[0].values",
                "values must be at most 1: 2");
    }

    @Test
    void new_outOfBounds_isRefused() {
        assertRefused(() -> listQuery(0, 0, "a"), INVALID_VALUE, "$.values[0]", "limit must be 1 to 5000: 0");
        assertRefused(() -> listQuery(1, -1, "a"), INVALID_VALUE, "$.values[0]", "offset must not be negative: -1");
        assertRefused(
                () -> listQuery(1, 0, "a."),
                INVALID_ATTRIBUTE,
                "$.select[0]",
                "attribute must not have an empty key: \"a.\"");
    }

    private static ListQuery listQuery(int limit, int offset, String selected) {
        return new ListQuery(Query.everything(), List.of(), limit, offset, null, List.of(selected));
    }
}
