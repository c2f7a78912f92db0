package io.presence.inputs;

import static io.presence.inputs.WrongInput.absent;
import static io.presence.inputs.WrongInput.query;

import io.presence.query.Query;
import io.presence.query.QueryJson;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

/** Queries, as they are made and as they are read. */
final class WrongQueries {

    private WrongQueries() {}

    static Stream<WrongInput> rows() {
        return Stream.of(absentArguments(), made(), read()).flatMap(List::stream);
    }

    private static List<WrongInput> absentArguments() {
        return List.of(
                absent("query's attribute null", "attribute must not be null", () -> Query.equal(null, 1)),
                absent("query's filter null", "filters[1] must not be null", () -> Query.and(Query.isNull("a"), null)),
                absent("query's filters null", "filters must not be null", () -> Query.or((List<Query>) null)),
                absent("query's attributes null", "attributes[0] must not be null", () -> Query.exists((String) null)),
                absent("selected attribute null", "attributes[1] must not be null", () -> Query.select("a", null)),
                absent("cursor null", "id must not be null", () -> Query.cursorAfter(null)),
                absent("query's instant null", "instant must not be null", () -> Query.createdAfter(null)),
                absent(
                        "query's end null",
                        "end must not be null",
                        () -> Query.updatedBetween(java.time.Instant.EPOCH, null)),
                absent("query's JSON null", "json must not be null", () -> QueryJson.parse(null)),
                absent("written query null", "query must not be null", () -> QueryJson.write(null)));
    }

    private static List<WrongInput> made() {
        String types = "value must be a string, boolean, number, instant, list or map: java.util.Date (at $.values[0])";
        return List.of(
                query(
                        "attribute with an empty key",
                        "attribute must not have an empty key: \"a..b\" (at $.attribute)",
                        () -> Query.isNull("a..b")),
                query("limit zero", "limit must be 1 to 5000: 0 (at $.values[0])", () -> Query.limit(0)),
                query("offset negative", "offset must not be negative: -1 (at $.values[0])", () -> Query.offset(-1)),
                query(
                        "cursor empty",
                        "cursorBefore must have 1 to 12000 characters: 0 (at $.values[0])",
                        () -> Query.cursorBefore("")),
                query(
                        "equal without values",
                        "equal must have at least 1 value: 0 (at $.values)",
                        () -> Query.equal("a")),
                query(
                        "and without filters",
                        "and must have at least 1 value: 0 (at $.values)",
                        () -> Query.and(List.of())),
                query("value of another class", types, () -> Query.equal("a", new Date(0))),
                query(
                        "value infinite",
                        "value must be finite: Infinity (at $.values[0])",
                        () -> Query.lessThan("a", Double.POSITIVE_INFINITY)),
                query(
                        "option within a filter",
                        "filter must not be a list option: \"limit\" (at $.values[0])",
                        () -> Query.or(Query.limit(1))));
    }

    private static List<WrongInput> read() {
        return List.of(
                query(
                        "text that is no JSON",
                        "text must be JSON: \"{'method':'equal'}\"",
                        () -> QueryJson.parse("{'method':'equal'}")),
                query("text that is no object", "query must be an object: \"7\"", () -> QueryJson.parse("7")),
                query(
                        "method of another language",
                        "method is unknown: \"search\" (at $.method)",
                        () -> QueryJson.parse("{\"method\":\"search\"}")),
                query(
                        "query without attribute",
                        "query must have an attribute: \"isNull\"",
                        () -> QueryJson.parse("{\"method\":\"isNull\"}")),
                query(
                        "limit that is text",
                        "limit must be an integer of 32 bits: \"5\" (at $.values[0])",
                        () -> QueryJson.parse("{\"method\":\"limit\",\"values\":[\"5\"]}")));
    }
}
