package io.presence.query;

import static io.presence.query.QueryException.Code.INVALID_ATTRIBUTE;
import static io.presence.query.QueryException.Code.INVALID_VALUE;
import static io.presence.query.QueryException.Code.LIMIT_EXCEEDED;
import static io.presence.query.QueryException.Code.NOT_ALLOWED;
import static io.presence.query.QueryException.Code.WRONG_COUNT;
import static io.presence.query.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueryTest {

    private static final AttributePath A = AttributePath.of("a");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

    static Stream<Arguments> factories() {
        Query x = Query.isNull("x");
        return Stream.of(
                Arguments.of("equal", Query.equal("a", 1)),
                Arguments.of("notEqual", Query.notEqual("a", 1)),
                Arguments.of("lessThan", Query.lessThan("a", 1)),
                Arguments.of("lessThanEqual", Query.lessThanEqual("a", 1)),
                Arguments.of("greaterThan", Query.greaterThan("a", 1)),
                Arguments.of("greaterThanEqual", Query.greaterThanEqual("a", 1)),
                Arguments.of("between", Query.between("a", 1, 2)),
                Arguments.of("notBetween", Query.notBetween("a", 1, 2)),
                Arguments.of("startsWith", Query.startsWith("a", "p")),
                Arguments.of("notStartsWith", Query.notStartsWith("a", "p")),
                Arguments.of("endsWith", Query.endsWith("a", "s")),
                Arguments.of("notEndsWith", Query.notEndsWith("a", "s")),
                Arguments.of("contains", Query.contains("a", 1)),
                Arguments.of("notContains", Query.notContains("a", 1)),
                Arguments.of("containsAny", Query.containsAny("a", 1)),
                Arguments.of("containsAll", Query.containsAll("a", 1)),
                Arguments.of("isNull", Query.isNull("a")),
                Arguments.of("isNotNull", Query.isNotNull("a")),
                Arguments.of("exists", Query.exists("a")),
                Arguments.of("notExists", Query.notExists("a")),
                Arguments.of("elemMatch", Query.elemMatch("a", x)),
                Arguments.of("and", Query.and(x)),
                Arguments.of("or", Query.or(x)),
                Arguments.of("select", Query.select("a")),
                Arguments.of("orderAsc", Query.orderAsc("a")),
                Arguments.of("orderDesc", Query.orderDesc("a")),
                Arguments.of("limit", Query.limit(1)),
                Arguments.of("offset", Query.offset(0)),
                Arguments.of("cursorAfter", Query.cursorAfter("id")),
                Arguments.of("cursorBefore", Query.cursorBefore("id")));
    }

    static Stream<Arguments> listOptions() {
        return factories()
                .filter(arguments -> arguments.get()[1] instanceof ListQuery.Option)
                .filter(arguments -> !(arguments.get()[1] instanceof ListQuery.Select));
    }

    @ParameterizedTest
    @MethodSource("factories")
    void factory_ofEachMethod_makesAQueryOfItsName(String wireName, Query query) {
        assertThat(query.method()).isSameAs(Method.of(wireName));
        assertThat(query.method().isFilter()).isEqualTo(query instanceof Query.Filter);
    }

    @Test
    void factories_always_coverEachMethod() {
        assertThat(factories().map(arguments -> ((Query) arguments.get()[1]).method()))
                .containsExactlyInAnyOrder(Method.values());
    }

    @Test
    void equal_severalArguments_areTheValues() {
        assertThat(Query.equal("a", "x", "y")).isEqualTo(comparison(Method.EQUAL, "x", "y"));
    }

    @Test
    void equal_oneList_isTheValues() {
        assertThat(Query.equal("a", List.of("x", "y"))).isEqualTo(Query.equal("a", "x", "y"));
    }

    @Test
    void equal_listWithinTheList_isAValue() {
        assertThat(Query.equal("a", List.of(List.of(1, 2)))).isEqualTo(comparison(Method.EQUAL, List.of(1L, 2L)));
        assertThat(Query.equal("a", List.of(1), List.of(2)))
                .isEqualTo(comparison(Method.EQUAL, List.of(1L), List.of(2L)));
    }

    @Test
    void equal_null_isAValue() {
        Query.Filter expected = new Query.Comparison(Method.EQUAL, A, Collections.singletonList(null));

        assertThat(Query.equal("a", (Object) null)).isEqualTo(expected);
        assertThat(Query.equal("a", (Object[]) null)).isEqualTo(expected);
    }

    @Test
    void lessThan_list_isAValue() {
        assertThat(Query.lessThan("a", List.of(1))).isEqualTo(comparison(Method.LESS_THAN, List.of(1L)));
    }

    @Test
    void between_ofTwoValues_keepsTheirOrder() {
        assertThat(Query.between("a", 2, 1)).isEqualTo(comparison(Method.BETWEEN, 2L, 1L));
    }

    @Test
    void created_ofAText_comparesCreatedAt() {
        assertThat(Query.createdBefore(START)).isEqualTo(Query.lessThan("$createdAt", "2026-01-01T00:00:00Z"));
        assertThat(Query.createdAfter(START)).isEqualTo(Query.greaterThan("$createdAt", START.toString()));
        assertThat(Query.createdBetween(START, END))
                .isEqualTo(Query.between("$createdAt", START.toString(), END.toString()));
    }

    @Test
    void updated_ofAText_comparesUpdatedAt() {
        assertThat(Query.updatedBefore(START)).isEqualTo(Query.lessThan("$updatedAt", START.toString()));
        assertThat(Query.updatedAfter(START)).isEqualTo(Query.greaterThan("$updatedAt", START.toString()));
        assertThat(Query.updatedBetween(START, END))
                .isEqualTo(Query.between("$updatedAt", START.toString(), END.toString()));
    }

    @Test
    void factories_lists_areTheSameAsSeveralArguments() {
        Query x = Query.isNull("x");
        Query y = Query.isNull("y");

        assertThat(Query.and(List.of(x, y))).isEqualTo(Query.and(x, y));
        assertThat(Query.or(List.of(x, y))).isEqualTo(Query.or(x, y)).isNotEqualTo(Query.and(x, y));
        assertThat(Query.elemMatch("a", List.of(x, y))).isEqualTo(Query.elemMatch("a", x, y));
        assertThat(Query.exists(List.of("x", "y"))).isEqualTo(Query.exists("x", "y"));
        assertThat(Query.notExists(List.of("x", "y"))).isEqualTo(Query.notExists("x", "y"));
        assertThat(Query.select(List.of("x", "y"))).isEqualTo(Query.select("x", "y"));
    }

    @Test
    void values_ofAChangedList_areCopied() {
        List<Object> inner = new ArrayList<>(List.of(1));
        Query query = Query.equal("a", Arrays.asList(inner, 2));

        inner.add(3);

        assertThat(query).isEqualTo(Query.equal("a", List.of(1), 2));
    }

    @Test
    void values_always_areUnmodifiable() {
        Query.Comparison query = (Query.Comparison) Query.equal("a", List.of(1), Map.of("k", 1));
        List<?> list = (List<?>) query.values().get(0);
        Map<?, ?> map = (Map<?, ?>) query.values().get(1);

        assertThatThrownBy(() -> query.values().remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.remove("k")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void attribute_malformed_isRefusedWithItsPlace() {
        assertRefused(
                () -> Query.equal("a..b", 1),
                INVALID_ATTRIBUTE,
                "$.attribute",
                "attribute must not have an empty key: \"a..b\"");
        assertRefused(
                () -> Query.exists("a", ""),
                INVALID_ATTRIBUTE,
                "$.values[1]",
                "attribute must not have an empty key: \"\"");
        assertRefused(
                () -> Query.select("*", ".b"),
                INVALID_ATTRIBUTE,
                "$.values[1]",
                "attribute must not have an empty key: \".b\"");
    }

    @Test
    void attribute_null_isRefused() {
        assertThatThrownBy(() -> Query.equal(null, 1)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new Query.Comparison(Method.EQUAL, null, List.of(1)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("attribute must not be null");
    }

    @Test
    void values_none_areRefused() {
        assertRefused(() -> Query.equal("a"), WRONG_COUNT, "$.values", "equal must have at least 1 value: 0");
        assertRefused(
                () -> Query.containsAll("a", List.of()),
                WRONG_COUNT,
                "$.values",
                "containsAll must have at least 1 value: 0");
        assertRefused(Query::exists, WRONG_COUNT, "$.values", "exists must have at least 1 value: 0");
        assertRefused(Query::select, WRONG_COUNT, "$.values", "select must have at least 1 value: 0");
    }

    @Test
    void equal_collection_isTheListOfItsElements() {
        Set<String> friends = new LinkedHashSet<>(List.of("bob", "eve"));

        assertThat(Query.equal("a", friends)).isEqualTo(Query.equal("a", List.of("bob", "eve")));
        assertThat(Query.notEqual("a", new ArrayDeque<>(friends))).isEqualTo(Query.notEqual("a", "bob", "eve"));
        assertThat(Query.containsAll("a", friends)).isEqualTo(Query.containsAll("a", "bob", "eve"));
        assertThat(Query.contains("a", Map.of("bob", 1).keySet())).isEqualTo(Query.contains("a", "bob"));
        assertThat(((Query.Comparison) Query.equal("a", Set.of())).values()).isEmpty();
    }

    @Test
    void equal_collectionChangedAfterwards_staysAsItWas() {
        Set<String> friends = new LinkedHashSet<>(List.of("bob"));
        Query query = Query.equal("a", friends);

        friends.add("eve");

        assertThat(query).isEqualTo(Query.equal("a", "bob"));
    }

    @Test
    void equal_collectionWithinTheValues_isRefusedUnlessItIsAList() {
        assertRefused(
                () -> Query.equal("a", "x", new TreeSet<>()),
                INVALID_VALUE,
                "$.values[1]",
                "value must be a string, boolean, number, instant, list or map: java.util.TreeSet");
    }

    static Stream<Method> methodsOfNoValues() {
        return Stream.of(Method.EQUAL, Method.NOT_EQUAL, Method.CONTAINS, Method.NOT_CONTAINS, Method.CONTAINS_ANY);
    }

    /** None of no values is equal: never for the method, and for its negation whenever the attribute is not null. */
    @ParameterizedTest
    @MethodSource("methodsOfNoValues")
    void comparison_ofNoValues_isDecidedByTheAttributeBeingNull(Method method) {
        Query.Filter none = new Query.Comparison(method, A, List.of());
        RecordSchema<Attributes> schema = RecordSchema.<Attributes>builder()
                .attribute("a", QuerySchema.Kind.OBJECT, record -> record.get(A))
                .build();

        for (Object value : Arrays.asList(null, "x", 7, true, List.of(), List.of("x"), Map.of())) {
            Attributes record = Attributes.of(Collections.singletonMap("a", value));
            boolean holds = method.isNegated() && value != null;
            assertThat(Interpreter.matches(none, record))
                    .as("%s of %s", method, value)
                    .isEqualTo(holds);
            assertThat(CompiledQuery.compile(none, schema).test(record))
                    .as("compiled %s of %s", method, value)
                    .isEqualTo(holds);
        }
        assertThat(StandingQueries.prepare(none))
                .isEqualTo(method.isNegated() ? Query.isNotNull("a") : Query.nothing());
    }

    @ParameterizedTest
    @MethodSource("methodsOfNoValues")
    void comparison_ofNoValues_isWrittenAndReadWithAnEmptyArray(Method method) {
        Query none = new Query.Comparison(method, A, List.of());
        String text = "{\"method\":\"" + method.wireName() + "\",\"attribute\":\"a\",\"values\":[]}";

        assertThat(QueryJson.write(none)).isEqualTo(text);
        assertThat(QueryJson.parse(text)).isEqualTo(none);
    }

    @Test
    void values_tooMany_areRefused() {
        assertRefused(
                () -> comparison(Method.LESS_THAN, 1, 2),
                WRONG_COUNT,
                "$.values",
                "lessThan must have exactly 1 value: 2");
        assertRefused(
                () -> comparison(Method.NOT_BETWEEN, 1, 2, 3),
                WRONG_COUNT,
                "$.values",
                "notBetween must have exactly 2 values: 3");
    }

    @Test
    void filters_none_areRefused() {
        assertRefused(Query::and, WRONG_COUNT, "$.values", "and must have at least 1 value: 0");
        assertRefused(Query::or, WRONG_COUNT, "$.values", "or must have at least 1 value: 0");
        assertRefused(() -> Query.elemMatch("a"), WRONG_COUNT, "$.values", "elemMatch must have at least 1 value: 0");
    }

    @Test
    void filters_listOption_isRefused() {
        assertRefused(
                () -> Query.and(Query.isNull("a"), Query.limit(1)),
                NOT_ALLOWED,
                "$.values[1]",
                "filter must not be a list option: \"limit\"");
        assertRefused(
                () -> Query.elemMatch("a", Query.orderAsc("b")),
                NOT_ALLOWED,
                "$.values[0]",
                "filter must not be a list option: \"orderAsc\"");
    }

    @Test
    void node_methodOfAnotherKind_isRefused() {
        assertRefused(
                () -> new Query.Comparison(Method.IS_NULL, A, List.of()),
                NOT_ALLOWED,
                "$",
                "method must be of kind COMPARISON: \"isNull\"");
        assertRefused(
                () -> new Query.NullCheck(Method.EQUAL, A),
                NOT_ALLOWED,
                "$",
                "method must be of kind NULL_CHECK: \"equal\"");
        assertRefused(
                () -> new Query.Exists(Method.IS_NULL, List.of(A)),
                NOT_ALLOWED,
                "$",
                "method must be of kind EXISTENCE: \"isNull\"");
        assertRefused(
                () -> new ListQuery.Order(Method.LIMIT, A),
                NOT_ALLOWED,
                "$",
                "method must be orderAsc or orderDesc: \"limit\"");
        assertRefused(
                () -> new ListQuery.Cursor(Method.LIMIT, "id"),
                NOT_ALLOWED,
                "$",
                "method must be cursorAfter or cursorBefore: \"limit\"");
    }

    @Test
    void limit_outOfBounds_isRefused() {
        assertThat(((ListQuery.Limit) Query.limit(5000)).count()).isEqualTo(5000);
        assertRefused(() -> Query.limit(0), INVALID_VALUE, "$.values[0]", "limit must be 1 to 5000: 0");
        assertRefused(() -> Query.limit(5001), INVALID_VALUE, "$.values[0]", "limit must be 1 to 5000: 5001");
    }

    @Test
    void offset_negative_isRefused() {
        assertRefused(() -> Query.offset(-1), INVALID_VALUE, "$.values[0]", "offset must not be negative: -1");
    }

    @Test
    void cursor_idOutOfBounds_isRefused() {
        assertThat(((ListQuery.Cursor) Query.cursorAfter("i".repeat(12_000))).id())
                .hasSize(12_000);
        assertRefused(
                () -> Query.cursorAfter(""),
                INVALID_VALUE,
                "$.values[0]",
                "cursorAfter must have 1 to 12000 characters: 0");
        assertRefused(
                () -> Query.cursorBefore("i".repeat(12_001)),
                INVALID_VALUE,
                "$.values[0]",
                "cursorBefore must have 1 to 12000 characters: 12001");
    }

    @Test
    void order_andCursor_knowTheirDirection() {
        assertThat(((ListQuery.Order) Query.orderAsc("a")).isDescending()).isFalse();
        assertThat(((ListQuery.Order) Query.orderDesc("a")).isDescending()).isTrue();
        assertThat(((ListQuery.Cursor) Query.cursorAfter("a")).isBefore()).isFalse();
        assertThat(((ListQuery.Cursor) Query.cursorBefore("a")).isBefore()).isTrue();
    }

    @Test
    void allOf_noQueries_isEverything() {
        assertThat(Query.allOf(List.of())).isEqualTo(Query.everything());
    }

    @Test
    void allOf_oneFilter_isThatFilter() {
        Query.Filter filter = Query.equal("a", 1);

        assertThat(Query.allOf(List.of(filter))).isSameAs(filter);
    }

    @Test
    void allOf_filters_allHold() {
        Query.Filter a = Query.isNull("a");
        Query.Filter b = Query.isNull("b");

        assertThat(Query.allOf(List.of(a, b))).isEqualTo(Query.and(a, b));
    }

    @Test
    void allOf_selectEverything_changesNothing() {
        Query.Filter filter = Query.equal("a", 1);

        assertThat(Query.allOf(List.of(Query.select("*")))).isEqualTo(Query.everything());
        assertThat(Query.allOf(List.of(Query.select("*"), filter))).isEqualTo(filter);
    }

    @Test
    void allOf_selectSomething_isRefused() {
        assertRefused(
                () -> Query.allOf(List.of(Query.select("status", "source"))),
                NOT_ALLOWED,
                "$[0].values[0]",
                "select must have \"*\" in a subscription, which delivers whole records: \"status\"");
    }

    @Test
    void allOf_selectEverythingAmongOthers_changesNothing() {
        assertThat(Query.allOf(List.of(Query.select("*", "status")))).isEqualTo(Query.everything());
        assertThat(Query.allOf(List.of(Query.select("status", "*")))).isEqualTo(Query.everything());
    }

    @ParameterizedTest
    @MethodSource("listOptions")
    void allOf_anyOtherListOption_isRefusedByName(String wireName, Query option) {
        assertRefused(
                () -> Query.allOf(List.of(Query.isNull("a"), option)),
                NOT_ALLOWED,
                "$[1]",
                "subscription must not have list options: \"" + wireName + "\"");
    }

    @Test
    void allOf_beyondTheLimits_isRefused() {
        assertRefused(
                () -> Query.allOf(Collections.nCopies(101, Query.isNull("a"))),
                LIMIT_EXCEEDED,
                "$",
                "queries must be at most 100: 101");
        assertRefused(
                () -> Query.allOf(List.of(Query.equal("a", 1, 2)), Limits.of(1, 1, 1, 1, 1, 1)),
                LIMIT_EXCEEDED,
                "$[0].values",
                "values must be at most 1: 2");
    }

    private static Query.Comparison comparison(Method method, Object... values) {
        return new Query.Comparison(method, A, Arrays.asList(values));
    }
}
