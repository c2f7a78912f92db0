package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A builder of an {@code or}. */
final class Disjunction extends Group {

    Disjunction(CanonicalOrder order) {
        super(order);
    }

    @Override
    void join(AttributePath attribute, List<Query.Filter> said, Collection<Query.Filter> filters) {
        Alternatives alternatives = new Alternatives(attribute, order);
        said.forEach(alternatives::add);
        if (alternatives.isTautology()) {
            decide();
        }
        alternatives.addTo(filters);
    }

    @Override
    Query.Filter decided() {
        return Query.everything();
    }

    @Override
    Query.Filter group(List<Query.Filter> filters) {
        return new Query.Or(filters);
    }

    @Override
    public Group and(Query.And node) {
        return addGroup(node, node.filters());
    }

    @Override
    public Group or(Query.Or node) {
        return addAll(node.filters());
    }

    /** The conditions on one attribute in an {@code or}. */
    private static final class Alternatives {
        private final AttributePath attribute;
        private final SortedSet<Object> equal;
        private final SortedSet<Object> contained;
        /** The conditions that are not merged with others. */
        private final SortedSet<Query.Filter> others;

        private boolean isNull;
        private boolean isNotNull;

        Alternatives(AttributePath attribute, CanonicalOrder order) {
            this.attribute = attribute;
            this.equal = new TreeSet<>(order.values());
            this.contained = new TreeSet<>(order.values());
            this.others = new TreeSet<>(order);
        }

        void add(Query.Filter filter) {
            if (filter instanceof Query.NullCheck node) {
                isNull |= !node.method().isNegated();
                isNotNull |= node.method().isNegated();
            } else if (filter instanceof Query.Comparison node && node.method() == Method.EQUAL) {
                equal.addAll(node.values());
            } else if (filter instanceof Query.Comparison node && node.method() == Method.CONTAINS) {
                contained.addAll(node.values());
            } else {
                others.add(filter);
            }
        }

        boolean isTautology() {
            return isNull && isNotNull;
        }

        /** Any other condition on the attribute holds only if it is not null. */
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
