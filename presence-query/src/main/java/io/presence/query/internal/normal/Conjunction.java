package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.Collection;
import java.util.List;

/** A builder of an {@code and}. */
final class Conjunction extends Group {

    Conjunction(CanonicalOrder order) {
        super(order);
    }

    @Override
    void join(AttributePath attribute, List<Query.Filter> said, Collection<Query.Filter> filters) {
        AttributeConjunction conjunction = new AttributeConjunction(attribute, order);
        said.forEach(conjunction::add);
        if (conjunction.isContradiction()) {
            decide();
        }
        conjunction.addTo(filters);
    }

    @Override
    Query.Filter decided() {
        return Query.nothing();
    }

    @Override
    Query.Filter group(List<Query.Filter> filters) {
        return new Query.And(filters);
    }

    @Override
    public Group and(Query.And node) {
        return addAll(node.filters());
    }

    @Override
    public Group or(Query.Or node) {
        return addGroup(node, node.filters());
    }
}
