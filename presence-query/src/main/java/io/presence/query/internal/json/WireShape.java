package io.presence.query.internal.json;

import io.presence.query.AttributePath;
import io.presence.query.ListQuery;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.query.QueryException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a query: a method, an optional attribute, and values, which are filters, attributes or plain values.
 */
record WireShape(Method method, @Nullable AttributePath attribute, List<? extends @Nullable Object> values) {

    private static final Visitor VISITOR = new Visitor();

    /** Returns the form of a query. */
    static WireShape of(Query query) {
        if (query instanceof Query.Filter filter) {
            return filter.accept(VISITOR);
        }
        if (query instanceof ListQuery.Order order) {
            return new WireShape(order.method(), order.attribute(), List.of());
        }
        if (query instanceof ListQuery.Limit limit) {
            return plain(query, limit.count());
        }
        if (query instanceof ListQuery.Offset offset) {
            return plain(query, offset.count());
        }
        if (query instanceof ListQuery.Cursor cursor) {
            return plain(query, cursor.id());
        }
        if (query instanceof ListQuery.Select select) {
            return new WireShape(select.method(), null, select.attributes());
        }
        throw new AssertionError(query.method());
    }

    private static WireShape plain(Query query, Object value) {
        return new WireShape(query.method(), null, List.of(value));
    }

    /**
     * Returns the query of this form.
     *
     * @throws QueryException if there is none, with a path but without an offset
     */
    Query query() {
        checkAttribute();
        checkCount();
        return switch (method.kind()) {
            case COMPARISON -> new Query.Comparison(method, path(), new ArrayList<>(values));
            case NULL_CHECK -> new Query.NullCheck(method, path());
            case EXISTENCE -> new Query.Exists(method, all(AttributePath.class));
            case NESTING -> nesting();
            case LIST_OPTION -> option();
        };
    }

    private Query nesting() {
        List<Query.Filter> filters = all(Query.Filter.class);
        return switch (method) {
            case ELEM_MATCH -> new Query.ElemMatch(path(), filters);
            case AND -> new Query.And(filters);
            case OR -> new Query.Or(filters);
            default -> throw new AssertionError(method);
        };
    }

    private Query option() {
        return switch (method) {
            case ORDER_ASC, ORDER_DESC -> new ListQuery.Order(method, path());
            case SELECT -> new ListQuery.Select(all(String.class));
            case LIMIT -> new ListQuery.Limit(count());
            case OFFSET -> new ListQuery.Offset(count());
            case CURSOR_AFTER, CURSOR_BEFORE -> new ListQuery.Cursor(method, id());
            default -> throw new AssertionError(method);
        };
    }

    private void checkAttribute() {
        if (needsAttribute() && attribute == null) {
            throw new QueryException(Code.MALFORMED, "$", "query must have an attribute", method.wireName());
        }
        if (!needsAttribute() && attribute != null) {
            String problem = method.wireName() + " must not have an attribute";
            throw new QueryException(Code.MALFORMED, "$.attribute", problem, attribute.toString());
        }
    }

    private boolean needsAttribute() {
        return switch (method.kind()) {
            case COMPARISON, NULL_CHECK -> true;
            case EXISTENCE -> false;
            case NESTING -> method == Method.ELEM_MATCH;
            case LIST_OPTION -> method == Method.ORDER_ASC || method == Method.ORDER_DESC;
        };
    }

    private void checkCount() {
        int least = method.minValues();
        if (values.size() < least || values.size() > method.maxValues()) {
            String bound = least == method.maxValues() ? "exactly " : "at least ";
            String problem = method.wireName() + " must have " + bound + least + (least == 1 ? " value" : " values");
            throw new QueryException(Code.WRONG_COUNT, "$.values", problem, values.size());
        }
    }

    private AttributePath path() {
        return Objects.requireNonNull(attribute, "attribute");
    }

    private int count() {
        if (values.get(0) instanceof Long value && value == value.intValue()) {
            return value.intValue();
        }
        throw invalid("an integer of 32 bits");
    }

    private String id() {
        if (values.get(0) instanceof String id) {
            return id;
        }
        throw invalid("a string");
    }

    private QueryException invalid(String type) {
        String problem = method.wireName() + " must be " + type;
        return new QueryException(Code.INVALID_VALUE, "$.values[0]", problem, values.get(0));
    }

    private <T> List<T> all(Class<T> type) {
        return values.stream().map(type::cast).toList();
    }

    private static final class Visitor implements Query.FilterVisitor<WireShape> {
        @Override
        public WireShape comparison(Query.Comparison node) {
            return new WireShape(node.method(), node.attribute(), node.values());
        }

        @Override
        public WireShape nullCheck(Query.NullCheck node) {
            return new WireShape(node.method(), node.attribute(), List.of());
        }

        @Override
        public WireShape exists(Query.Exists node) {
            return new WireShape(node.method(), null, node.attributes());
        }

        @Override
        public WireShape elemMatch(Query.ElemMatch node) {
            return new WireShape(node.method(), node.attribute(), node.filters());
        }

        @Override
        public WireShape and(Query.And node) {
            return new WireShape(node.method(), null, node.filters());
        }

        @Override
        public WireShape or(Query.Or node) {
            return new WireShape(node.method(), null, node.filters());
        }
    }
}
