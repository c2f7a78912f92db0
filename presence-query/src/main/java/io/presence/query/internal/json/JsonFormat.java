package io.presence.query.internal.json;

import io.presence.query.Query;
import io.presence.query.QueryLimits;
import java.util.List;
import java.util.function.Function;

/** The JSON form of queries. Only {@link #require} may be called if jackson-core can be absent. */
public final class JsonFormat {

    private JsonFormat() {}

    /**
     * Checks that jackson-core is present.
     *
     * @throws IllegalStateException if it is absent
     */
    public static void require() {
        Jackson.require();
    }

    /**
     * Reads one query.
     *
     * @param canonical returns the object that a query stores for a number; rejects numbers that are too large
     */
    public static Query parse(String text, QueryLimits limits, Function<Number, Object> canonical) {
        return new QueryReader(limits, canonical).one(text);
    }

    /** Reads one query from each text. */
    public static List<Query> parseAll(List<String> texts, QueryLimits limits, Function<Number, Object> canonical) {
        return new QueryReader(limits, canonical).each(texts);
    }

    /** Reads an array of queries, each an object or a string that contains one. */
    public static List<Query> parseArray(String text, QueryLimits limits, Function<Number, Object> canonical) {
        return new QueryReader(limits, canonical).array(text);
    }

    /** Writes one query as an object. */
    public static String write(Query query) {
        return QueryWriter.one(query);
    }

    /** Writes queries as an array of objects. */
    public static String writeArray(List<? extends Query> queries) {
        return QueryWriter.array(queries);
    }
}
