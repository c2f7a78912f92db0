package io.presence.query.internal.normal;

import io.presence.query.Query;
import java.util.List;

/** The size of a filter. */
final class Nodes implements Query.FilterVisitor<Integer> {

    private Nodes() {}

    /** Counts {@code exists} as the null checks it stands for, and the group around them if there are several. */
    static int count(Query.Filter filter) {
        return filter.accept(new Nodes());
    }

    @Override
    public Integer comparison(Query.Comparison node) {
        return 1;
    }

    @Override
    public Integer nullCheck(Query.NullCheck node) {
        return 1;
    }

    @Override
    public Integer exists(Query.Exists node) {
        int checks = node.attributes().size();
        return checks == 1 ? 1 : 1 + checks;
    }

    @Override
    public Integer elemMatch(Query.ElemMatch node) {
        return group(node.filters());
    }

    @Override
    public Integer and(Query.And node) {
        return group(node.filters());
    }

    @Override
    public Integer or(Query.Or node) {
        return group(node.filters());
    }

    private static int group(List<Query.Filter> filters) {
        return 1 + filters.stream().mapToInt(Nodes::count).sum();
    }
}
