package io.presence.query;

import io.presence.query.internal.json.JsonFormat;
import java.util.List;

/**
 * A reader and writer of queries in the JSON form of the Appwrite SDK, which sends one string per query.
 *
 * <pre>{@code
 * Query query = QueryJson.parse("{\"method\":\"equal\",\"attribute\":\"status\",\"values\":[\"online\"]}");
 * System.out.println(QueryJson.write(query)); // prints: {"method":"equal","attribute":"status","values":["online"]}
 * }</pre>
 *
 * <p>This class needs jackson-core at run time, which is an optional dependency. No other class needs it. A query that
 * is written and read back is equal, with every number the same. {@code docs/query-language.md} specifies how numbers
 * are read: a number without point or exponent is an integer, one of up to 17 digits the nearest double, and a longer
 * one an exact decimal.
 *
 * <p><b>Cost.</b> Linear in the text, or in the query. Sizes are checked while the text is read, totals and
 * {@link QueryLimits#operations} at the end, so that no query is returned that {@link QueryLimits#check(List)} rejects.
 * Written texts are within the limits too. If methods come after their values, the text is read up to once for each
 * level of nesting.
 * <p><b>Threads.</b> Safe for use by any thread.
 * <p><b>Errors.</b> A {@link QueryException} rejects a text: {@code MALFORMED} if it is not JSON or not of this form,
 * {@code LIMIT_EXCEEDED}, or the code for an invalid query. Its offset counts characters in the text; it is 0 for a
 * limit on the whole text. Reading is strict: unknown and repeated keys, comments, NaN and text after the end are
 * rejected. All methods throw {@code IllegalStateException} if jackson-core is absent.
 */
public final class QueryJson {

    private QueryJson() {}

    /**
     * Reads one query, within {@link QueryLimits#DEFAULT}.
     *
     * @throws QueryException as described above
     */
    public static Query parse(String json) {
        return parse(json, QueryLimits.DEFAULT);
    }

    /**
     * Reads one query.
     *
     * @throws QueryException as described above
     */
    public static Query parse(String json, QueryLimits limits) {
        require(limits);
        return within(limits, JsonFormat.parse(Checks.notNull("json", json), limits, Operands::number));
    }

    /**
     * Reads queries from one text each, as the SDK sends them, within {@link QueryLimits#DEFAULT}.
     *
     * @throws QueryException as {@link #parseAll(List, QueryLimits)}
     */
    public static List<Query> parseAll(List<String> queries) {
        return parseAll(queries, QueryLimits.DEFAULT);
    }

    /**
     * Reads queries from one text each, as the SDK sends them. The limits apply to all of them together.
     *
     * @throws QueryException as described above; the path begins with the number of the text, as in
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
     * Reads an array of queries, each an object or a string that contains one.
     *
     * @throws QueryException as described above; for a query in a string, the offset is that of the string
     */
    public static List<Query> parseArray(String json, QueryLimits limits) {
        require(limits);
        return within(limits, JsonFormat.parseArray(Checks.notNull("json", json), limits, Operands::number));
    }

    /**
     * Writes a query. {@link #parse(String)} reads it back as an equal one.
     *
     * @throws QueryException as {@link #write(Query, QueryLimits)}
     */
    public static String write(Query query) {
        return write(query, QueryLimits.DEFAULT);
    }

    /**
     * Writes a query. {@link #parse(String, QueryLimits)} reads it back as an equal one within the same limits. A query
     * that was read from the SDK's text is written as that text, except for the form of its numbers and strings.
     *
     * @throws QueryException if no text could be read back: {@code LIMIT_EXCEEDED} if the query is not within the
     *     limits, or the text would be nested more than 200 deep; {@code NOT_ALLOWED} for {@link Query#everything()}
     *     and {@link Query#nothing()} anywhere in the query; {@code INVALID_VALUE} for a map with half of a surrogate
     *     pair in a key
     */
    public static String write(Query query, QueryLimits limits) {
        JsonFormat.require();
        /* Before the check: writing stops at the maximum depth of a text, at any depth of the query. */
        String text = JsonFormat.write(Checks.notNull("query", query));
        Checks.notNull("limits", limits).check(query);
        return limits.checkText(text);
    }

    /**
     * Writes queries as an array of objects, which {@link #parseArray(String)} reads.
     *
     * @throws QueryException as {@link #write(Query, QueryLimits)}
     */
    public static String writeArray(List<? extends Query> queries) {
        return writeArray(queries, QueryLimits.DEFAULT);
    }

    /**
     * Writes queries as an array of objects, which {@link #parseArray(String, QueryLimits)} reads within the same
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

    /** The reader does not add up the sizes of all queries. */
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
