package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The conditions on one attribute in an {@code and}. */
final class AttributeConjunction {

    private final AttributePath attribute;
    private final CanonicalOrder order;
    private final IntersectedBounds bounds;
    /* Each in any order and with duplicates. */
    private final List<Object> unequal = new ArrayList<>(0);
    private final List<Object> contained = new ArrayList<>(0);
    private final List<Object> notContained = new ArrayList<>(0);
    /** The conditions that are not merged with others. */
    private final List<Query.Filter> others = new ArrayList<>(0);

    private int types = ValueTypes.ALL;
    private boolean isNull;
    private boolean isNotNull;

    AttributeConjunction(AttributePath attribute, CanonicalOrder order) {
        this.attribute = attribute;
        this.order = order;
        this.bounds = new IntersectedBounds(attribute, order.values());
    }

    void add(Query.Filter filter) {
        if (filter instanceof Query.Comparison node) {
            add(node);
        } else if (filter instanceof Query.NullCheck node) {
            add(node);
        } else {
            add((Query.ElemMatch) filter);
        }
    }

    private void add(Query.NullCheck node) {
        isNull |= !node.method().isNegated();
        isNotNull |= node.method().isNegated();
    }

    private void add(Query.ElemMatch node) {
        isNotNull = true;
        types &= ValueTypes.LIST;
        others.add(node);
    }

    private void add(Query.Comparison node) {
        isNotNull = true;
        types &= ValueTypes.of(node);
        switch (node.method()) {
            case EQUAL, CONTAINS -> addAnyOf(node);
            case NOT_EQUAL -> unequal.addAll(node.values());
            case CONTAINS_ALL -> contained.addAll(node.values());
            case NOT_CONTAINS -> notContained.addAll(node.values());
            case LESS_THAN, LESS_THAN_EQUAL, GREATER_THAN, GREATER_THAN_EQUAL, BETWEEN -> bounds.add(node);
            default -> others.add(node);
        }
    }

    boolean isContradiction() {
        return (isNull && isNotNull) || types == ValueTypes.NONE || bounds.isEmpty();
    }

    void addTo(Collection<Query.Filter> filters) {
        if (isNull) {
            filters.add(new Query.NullCheck(Method.IS_NULL, attribute));
            return;
        }
        List<Query.Filter> said = new ArrayList<>(distinct(others, order));
        bounds.addTo(said);
        addTo(said, Method.NOT_EQUAL, unequal);
        addTo(said, Method.CONTAINS_ALL, contained);
        addTo(said, Method.NOT_CONTAINS, notContained);
        if (said.isEmpty()) {
            said.add(new Query.NullCheck(Method.IS_NOT_NULL, attribute));
        }
        filters.addAll(said);
    }

    /** With a single value, {@code contains} is merged as a {@code containsAll} and {@code equal} as a range. */
    private void addAnyOf(Query.Comparison node) {
        Object first = node.values().get(0);
        if (node.values().size() > 1) {
            others.add(node);
        } else if (node.method() == Method.CONTAINS) {
            contained.add(first);
        } else if (first instanceof Number || first instanceof String) {
            bounds.add(node);
        } else {
            others.add(node);
        }
    }

    private void addTo(Collection<Query.Filter> filters, Method method, List<Object> values) {
        if (!values.isEmpty()) {
            List<Object> distinct = distinct(values, order.values());
            boolean isOne = method == Method.CONTAINS_ALL && distinct.size() == 1;
            filters.add(new Query.Comparison(isOne ? Method.CONTAINS : method, attribute, distinct));
        }
    }

    private static <T> List<T> distinct(List<T> elements, Comparator<? super T> order) {
        if (elements.size() <= 1) {
            return elements;
        }
        Collection<T> distinct = new TreeSet<>(order);
        distinct.addAll(elements);
        return new ArrayList<>(distinct);
    }
}
