package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An {@code or} in the making: visits filters in normal form, in any order and any number of times, and makes the same
 * filter of them.
 *
 * <p>What was made of some filters adds what these filters would, so that it does not matter how they were grouped.
 */
final class Disjunction implements Query.FilterVisitor<Disjunction> {
    private final CanonicalOrder order;
    private final Map<AttributePath, Alternatives> attributes = new TreeMap<>(CanonicalOrder.ATTRIBUTES);
    private final SortedSet<Query.Filter> conjunctions;
    private boolean isTautology;

    Disjunction(CanonicalOrder order) {
        this.order = order;
        this.conjunctions = new TreeSet<>(order);
    }

    Query.Filter toFilter() {
        if (isTautology || attributes.values().stream().anyMatch(Alternatives::isTautology)) {
            return Query.everything();
        }
        List<Query.Filter> filters = new ArrayList<>(conjunctions);
        attributes.values().forEach(attribute -> attribute.addTo(filters));
        filters.sort(order);
        return filters.size() == 1 ? filters.get(0) : new Query.Or(filters);
    }

    @Override
    public Disjunction comparison(Query.Comparison node) {
        Alternatives alternatives = at(node.attribute());
        switch (node.method()) {
            case EQUAL -> alternatives.equal.addAll(node.values());
            case CONTAINS -> alternatives.contained.addAll(node.values());
            default -> alternatives.others.add(node);
        }
        return this;
    }

    @Override
    public Disjunction nullCheck(Query.NullCheck node) {
        at(node.attribute()).add(node);
        return this;
    }

    @Override
    public Disjunction exists(Query.Exists node) {
        throw new AssertionError(node.method());
    }

    @Override
    public Disjunction elemMatch(Query.ElemMatch node) {
        at(node.attribute()).others.add(node);
        return this;
    }

    @Override
    public Disjunction and(Query.And node) {
        isTautology |= node.filters().isEmpty();
        conjunctions.add(node);
        return this;
    }

    @Override
    public Disjunction or(Query.Or node) {
        node.filters().forEach(filter -> filter.accept(this));
        return this;
    }

    private Alternatives at(AttributePath attribute) {
        return attributes.computeIfAbsent(attribute, key -> new Alternatives(key, order));
    }

    /** What an {@code or} says about one attribute. */
    private static final class Alternatives {
        final SortedSet<Object> equal;
        final SortedSet<Object> contained;
        /** What is not joined with anything else. */
        final SortedSet<Query.Filter> others;

        private final AttributePath attribute;
        private boolean isNull;
        private boolean isNotNull;

        Alternatives(AttributePath attribute, CanonicalOrder order) {
            this.attribute = attribute;
            this.equal = new TreeSet<>(order.values());
            this.contained = new TreeSet<>(order.values());
            this.others = new TreeSet<>(order);
        }

        void add(Query.NullCheck node) {
            isNull |= !node.method().isNegated();
            isNotNull |= node.method().isNegated();
        }

        boolean isTautology() {
            return isNull && isNotNull;
        }

        /** Whatever else is said of the attribute holds only when it is not null. */
        void addTo(Collection<Query.Filter> filters) {
            if (isNotNull) {
                filters.add(new Query.NullCheck(Method.IS_NOT_NULL, attribute));
                return;
            }
            if (isNull) {
                filters.add(new Query.NullCheck(Method.IS_NULL, attribute));
            }
            filters.addAll(others);
            addTo(filters, Method.EQUAL, equal);
            addTo(filters, Method.CONTAINS, contained);
        }

        private void addTo(Collection<Query.Filter> filters, Method method, Collection<Object> values) {
            if (!values.isEmpty()) {
                filters.add(new Query.Comparison(method, attribute, new ArrayList<>(values)));
            }
        }
    }
}
