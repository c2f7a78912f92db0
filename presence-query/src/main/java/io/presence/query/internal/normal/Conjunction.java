package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An {@code and} in the making: visits filters in normal form, in any order and any number of times, and makes the same
 * filter of them.
 *
 * <p>What was made of some filters adds what these filters would, so that it does not matter how they were grouped.
 */
final class Conjunction implements Query.FilterVisitor<Conjunction> {
    private final CanonicalOrder order;
    private final Map<AttributePath, AttributeConjunction> attributes = new TreeMap<>(CanonicalOrder.ATTRIBUTES);
    private final SortedSet<Query.Filter> alternatives;
    private boolean isContradiction;

    Conjunction(CanonicalOrder order) {
        this.order = order;
        this.alternatives = new TreeSet<>(order);
    }

    Query.Filter toFilter() {
        if (isContradiction || attributes.values().stream().anyMatch(AttributeConjunction::isContradiction)) {
            return Query.nothing();
        }
        List<Query.Filter> filters = new ArrayList<>(alternatives);
        attributes.values().forEach(attribute -> attribute.addTo(filters));
        filters.sort(order);
        return filters.size() == 1 ? filters.get(0) : new Query.And(filters);
    }

    @Override
    public Conjunction comparison(Query.Comparison node) {
        at(node.attribute()).add(node);
        return this;
    }

    @Override
    public Conjunction nullCheck(Query.NullCheck node) {
        at(node.attribute()).add(node);
        return this;
    }

    @Override
    public Conjunction exists(Query.Exists node) {
        throw new AssertionError(node.method());
    }

    @Override
    public Conjunction elemMatch(Query.ElemMatch node) {
        at(node.attribute()).add(node);
        return this;
    }

    @Override
    public Conjunction and(Query.And node) {
        node.filters().forEach(filter -> filter.accept(this));
        return this;
    }

    @Override
    public Conjunction or(Query.Or node) {
        isContradiction |= node.filters().isEmpty();
        alternatives.add(node);
        return this;
    }

    private AttributeConjunction at(AttributePath attribute) {
        return attributes.computeIfAbsent(attribute, key -> new AttributeConjunction(key, order));
    }
}
