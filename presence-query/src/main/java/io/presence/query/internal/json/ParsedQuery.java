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

/** The parts of one query that are read so far, with their offsets. */
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

    /** Returns the query once all of it is read. */
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

    /* Without the key, the values were probably forgotten. An empty array stands for no values. */
    private void requireValues(Method given) {
        if (given.kind() == Method.Kind.COMPARISON && given.minValues() == 0 && !keys.contains("values")) {
            String problem = given.wireName() + " must have at least 1 value";
            throw new QueryException(QueryException.Code.WRONG_COUNT, "$.values", problem, 0);
        }
    }

    QueryException withoutMethod(JsonTokens in) {
        return in.malformed(start, "$", "query must have a method");
    }

    /** Returns the offset of a path. Values are rejected this late only if there is a single one. */
    private int offset(String path) {
        return switch (path) {
            case "$.attribute" -> attributeAt;
            case "$.values" -> valuesAt;
            case "$.values[0]" -> lastAt;
            default -> start;
        };
    }
}
