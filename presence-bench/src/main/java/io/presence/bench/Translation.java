package io.presence.bench;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.List;

/** A visitor of filters that calls a {@link Translator} bottom-up. */
record Translation<T>(Translator<T> to) implements Query.FilterVisitor<T> {

    @Override
    public T comparison(Query.Comparison node) {
        AttributePath path = node.attribute();
        List<?> values = node.values();
        return switch (node.method()) {
            case EQUAL -> equal(path, values);
            case NOT_EQUAL -> to.notEqual(path, (String) only(values));
            case BETWEEN -> to.between(path, (Long) values.get(0), (Long) values.get(1));
            case STARTS_WITH -> to.startsWith(path, (String) only(values));
            case ENDS_WITH -> to.endsWith(path, (String) only(values));
            case CONTAINS_ANY ->
                to.containsAny(path, values.stream().map(String.class::cast).toList());
            default -> throw unsupported(node);
        };
    }

    @Override
    public T nullCheck(Query.NullCheck node) {
        throw unsupported(node);
    }

    @Override
    public T exists(Query.Exists node) {
        throw unsupported(node);
    }

    @Override
    public T elemMatch(Query.ElemMatch node) {
        throw unsupported(node);
    }

    @Override
    public T and(Query.And node) {
        return to.and(parts(node.filters()));
    }

    @Override
    public T or(Query.Or node) {
        return to.or(parts(node.filters()));
    }

    private List<T> parts(List<Query.Filter> filters) {
        return filters.stream().map(filter -> filter.accept(this)).toList();
    }

    private T equal(AttributePath path, List<?> values) {
        if (values.size() > 1) {
            return to.in(path, values.stream().map(String.class::cast).toList());
        }
        return only(values) instanceof Long number ? to.equal(path, number) : to.equal(path, (String) only(values));
    }

    private static Object only(List<?> values) {
        if (values.size() != 1) {
            throw new UnsupportedOperationException("condition must have one value: " + values.size());
        }
        return values.get(0);
    }

    private static UnsupportedOperationException unsupported(Query node) {
        return new UnsupportedOperationException("condition must be one of the workload: " + node.method());
    }
}
