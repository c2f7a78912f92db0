package io.presence.query.internal.program;

import io.presence.query.Method;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The construction of the automata of a filter before its compilation, for example on another thread.
 *
 * <p><b>Cost.</b> Linear in the size of the filter. The stack is as deep as the filter.
 * <p><b>Threads.</b> Stateless.
 */
final class Preparation implements Query.FilterVisitor<Query.Filter> {

    /* Fewer characters take less than a tenth of a millisecond. */
    private static final int MANY = 1_024;

    private Preparation() {}

    /** Returns an equal filter, or the filter itself if it searches for few characters. */
    static Query.Filter prepare(Query.Filter filter) {
        return filter.accept(new Preparation());
    }

    @Override
    public Query.Filter comparison(Query.Comparison node) {
        return isSearch(node.method().positive()) && characters(node.values()) >= MANY
                ? SearchedValues.prepare(node)
                : node;
    }

    private static boolean isSearch(Method positive) {
        return positive == Method.CONTAINS || positive == Method.CONTAINS_ANY || positive == Method.CONTAINS_ALL;
    }

    private static int characters(List<? extends @Nullable Object> values) {
        int characters = 0;
        for (Object value : values) {
            characters += value instanceof String text ? text.length() : 0;
        }
        return characters;
    }

    @Override
    public Query.Filter nullCheck(Query.NullCheck node) {
        return node;
    }

    @Override
    public Query.Filter exists(Query.Exists node) {
        return node;
    }

    @Override
    public Query.Filter elemMatch(Query.ElemMatch node) {
        List<Query.Filter> filters = all(node.filters());
        return filters == node.filters() ? node : new Query.ElemMatch(node.attribute(), filters);
    }

    @Override
    public Query.Filter and(Query.And node) {
        List<Query.Filter> filters = all(node.filters());
        return filters == node.filters() ? node : new Query.And(filters);
    }

    @Override
    public Query.Filter or(Query.Or node) {
        List<Query.Filter> filters = all(node.filters());
        return filters == node.filters() ? node : new Query.Or(filters);
    }

    /** Returns the prepared filters, or the list itself if they are the same. */
    private List<Query.Filter> all(List<Query.Filter> filters) {
        List<Query.Filter> prepared = new ArrayList<>(filters.size());
        boolean isSame = true;
        for (Query.Filter filter : filters) {
            Query.Filter next = filter.accept(this);
            isSame &= next == filter;
            prepared.add(next);
        }
        return isSame ? filters : prepared;
    }
}
