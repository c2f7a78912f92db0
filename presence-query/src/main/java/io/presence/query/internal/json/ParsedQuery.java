package io.presence.query.internal.json;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.QueryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has been read of one query, and where in the text it was. */
final class ParsedQuery {
    final int start;
    final Set<String> keys = new HashSet<>();
    final List<@Nullable Object> values = new ArrayList<>();
    int attributeAt;
    int valuesAt;
    int lastAt;

    @Nullable Method method;

    @Nullable AttributePath attribute;

    ParsedQuery(int start) {
        this.start = start;
        this.valuesAt = start;
    }

    /** Returns the query when all of it has been read. */
    Query query(JsonTokens in) {
        if (method == null) {
            throw withoutMethod(in);
        }
        try {
            requireValues(method);
            return new WireShape(method, attribute, values).query();
        } catch (QueryException e) {
            throw e.at(offset(e.path()));
        }
    }

    /* No values must be written as an empty array: without the key, the values were more likely forgotten. */
    private void requireValues(Method given) {
        if (given.kind() == Method.Kind.COMPARISON && given.minValues() == 0 && !keys.contains("values")) {
            String problem = given.wireName() + " must have at least 1 value";
            throw new QueryException(QueryException.Code.WRONG_COUNT, "$.values", problem, 0);
        }
    }

    QueryException withoutMethod(JsonTokens in) {
        return in.malformed(start, "$", "query must have a method");
    }

    /** Only a query of a single value has one refused as late as this. */
    private int offset(String path) {
        return switch (path) {
            case "$.attribute" -> attributeAt;
            case "$.values" -> valuesAt;
            case "$.values[0]" -> lastAt;
            default -> start;
        };
    }
}
