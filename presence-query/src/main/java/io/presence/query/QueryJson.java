package io.presence.query;

import io.presence.query.internal.json.JsonFormat;
import java.util.List;

/**
 * Queries as JSON, in the form of the Appwrite SDK, whose calls each make one string.
 *
 * <pre>{@code
 * Query query = QueryJson.parse("{\"method\":\"equal\",\"attribute\":\"status\",\"values\":[\"online\"]}");
 * System.out.println(QueryJson.write(query)); // prints: {"method":"equal","attribute":"status","values":["online"]}
 * }</pre>
 *
 * <p>This needs jackson-core at run time, which is an optional dependency; nothing else here does. A query that is
 * written and read back is equal to what it was, with every number the same. How numbers are read is specified in
 * {@code docs/query-language.md}: in short, a number without point or exponent is an integer, one of up to 17 digits
 * the nearest double, and a longer one exactly what it says.
 *
 * <p><b>Cost.</b> Linear in the text, or in the query. A text is never longer than its limit, and no query is returned
 * that {@link QueryLimits#check(List)} refuses: sizes are looked at while the text is read, totals and
 * {@link QueryLimits#operations} at the end. What is written is within the limits too. Where methods come after their
 * values, the text is read up to as often as queries are nested.
 * <p><b>Threads.</b> Safe for use by any thread.
 * <p><b>Errors.</b> A text is refused with a {@link QueryException}: {@code MALFORMED} when it is not JSON or not of
 * this shape, {@code LIMIT_EXCEEDED}, or what making the query would be refused with. Its offset is where in the text,
 * in characters; it is 0 for a limit that only the whole exceeds. Everything is strict: there is no unknown or repeated
 * key, no comment, no NaN, and nothing after the end.
 * All methods throw {@code IllegalStateException} when jackson-core is absent.
 */
public final class QueryJson {
    private QueryJson() {}

    /**
     * Reads one query, within {@link QueryLimits#DEFAULT}.
     *
     * @throws QueryException as {@link QueryJson} says
     */
    public static Query parse(String json) {
        return parse(json, QueryLimits.DEFAULT);
    }

    /**
     * Reads one query.
     *
     * @throws QueryException as {@link QueryJson} says
     */
    public static Query parse(String json, QueryLimits limits) {
        require(limits);
        return within(limits, JsonFormat.parse(Checks.notNull("json", json), limits, Operands::number));
    }

    /**
     * Reads queries of which each is a text of its own, as the SDK sends them, within {@link QueryLimits#DEFAULT}.
     *
     * @throws QueryException as {@link #parseAll(List, QueryLimits)}
     */
    public static List<Query> parseAll(List<String> queries) {
        return parseAll(queries, QueryLimits.DEFAULT);
    }

    /**
     * Reads queries of which each is a text of its own, as the SDK sends them. The limits bound them together.
     *
     * @throws QueryException as {@link QueryJson} says; the path begins with the number of the text, as in
     *     {@code $[1].values}, and the offset counts within that text
     */
    public static List<Query> parseAll(List<String> queries, QueryLimits limits) {
        require(limits);
        return within(limits, JsonFormat.parseAll(Checks.all("queries", queries), limits, Operands::number));
    }

    /**
     * Reads an array of queries, within {@link QueryLimits#DEFAULT}.
     *
     * @throws QueryException as {@link #parseArray(String, QueryLimits)}
     */
    public static List<Query> parseArray(String json) {
        return parseArray(json, QueryLimits.DEFAULT);
    }

    /**
     * Reads an array of queries, each an object or a string that holds the text of one.
     *
     * @throws QueryException as {@link QueryJson} says; for a query in a string, the offset is that of the string
     */
    public static List<Query> parseArray(String json, QueryLimits limits) {
        require(limits);
        return within(limits, JsonFormat.parseArray(Checks.notNull("json", json), limits, Operands::number));
    }

    /**
     * Writes a query that {@link #parse(String)} reads back as an equal one.
     *
     * @throws QueryException as {@link #write(Query, QueryLimits)}
     */
    public static String write(Query query) {
        return write(query, QueryLimits.DEFAULT);
    }

    /**
     * Writes a query that {@link #parse(String, QueryLimits)} reads back, within the same limits, as an equal one. A
     * query that was read from the SDK's text is written as that text, except for the form of its numbers and strings.
     *
     * @throws QueryException when there is no text that could be read back: {@code LIMIT_EXCEEDED} when the query is
     *     not within the limits, or the text would be nested more than 200 deep; {@code NOT_ALLOWED} for
     *     {@link Query#everything()} and {@link Query#nothing()}, wherever in the query; {@code INVALID_VALUE} for a
     *     map with half of a surrogate pair in a key
     */
    public static String write(Query query, QueryLimits limits) {
        JsonFormat.require();
        /* First, since it stops at the depth of a text, whatever that of the query. */
        String text = JsonFormat.write(Checks.notNull("query", query));
        Checks.notNull("limits", limits).check(query);
        return limits.checkText(text);
    }

    /**
     * Writes queries as an array of objects, which {@link #parseArray(String)} reads back.
     *
     * @throws QueryException as {@link #write(Query, QueryLimits)}
     */
    public static String writeArray(List<? extends Query> queries) {
        return writeArray(queries, QueryLimits.DEFAULT);
    }

    /**
     * Writes queries as an array of objects, which {@link #parseArray(String, QueryLimits)} reads back within the same
     * limits.
     *
     * @throws QueryException as {@link #write(Query, QueryLimits)}
     */
    public static String writeArray(List<? extends Query> queries, QueryLimits limits) {
        JsonFormat.require();
        String text = JsonFormat.writeArray(Checks.all("queries", queries));
        Checks.notNull("limits", limits).check(queries);
        return limits.checkText(text);
    }

    /** The reader does not add up what all queries have together. */
    private static Query within(QueryLimits limits, Query query) {
        try {
            limits.check(query);
            return query;
        } catch (QueryException e) {
            throw e.at(0);
        }
    }

    private static List<Query> within(QueryLimits limits, List<Query> queries) {
        try {
            limits.check(queries);
            return queries;
        } catch (QueryException e) {
            throw e.at(0);
        }
    }

    private static void require(QueryLimits limits) {
        JsonFormat.require();
        Checks.notNull("limits", limits);
    }
}
