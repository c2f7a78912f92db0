package io.presence.query.internal.normal;

import io.presence.query.Query;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A total order of filters in normal form, consistent with equals. They are ordered by method, then by attribute, then
 * by values or nested filters, of which a prefix comes before a longer list.
 *
 * <p><b>Cost.</b> Linear in the common part of the two filters.
 * <p><b>Threads.</b> Immutable.
 *
 * @param values the order of values in normal form
 */
record CanonicalOrder(Comparator<@Nullable Object> values) implements Comparator<Query.Filter> {

    @Override
    public int compare(Query.Filter a, Query.Filter b) {
        int order = a.method().compareTo(b.method());
        return order != 0 ? order : a.accept(new Against(b));
    }

    private int compareFilters(List<Query.Filter> a, List<Query.Filter> b) {
        return compareLists(a, b, this);
    }

    private static <T extends @Nullable Object> int compareLists(List<T> a, List<T> b, Comparator<? super T> elements) {
        int common = Math.min(a.size(), b.size());
        for (int i = 0; i < common; i++) {
            int order = elements.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    /** Compares a node with another one of the same method and therefore of the same kind. */
    private final class Against implements Query.FilterVisitor<Integer> {
        private final Query.Filter other;

        Against(Query.Filter other) {
            this.other = other;
        }

        @Override
        public Integer comparison(Query.Comparison node) {
            Query.Comparison that = (Query.Comparison) other;
            int order = node.attribute().compareTo(that.attribute());
            return order != 0 ? order : compareLists(node.values(), that.values(), values);
        }

        @Override
        public Integer nullCheck(Query.NullCheck node) {
            return node.attribute().compareTo(((Query.NullCheck) other).attribute());
        }

        @Override
        public Integer exists(Query.Exists node) {
            return compareLists(node.attributes(), ((Query.Exists) other).attributes(), Comparator.naturalOrder());
        }

        @Override
        public Integer elemMatch(Query.ElemMatch node) {
            Query.ElemMatch that = (Query.ElemMatch) other;
            int order = node.attribute().compareTo(that.attribute());
            return order != 0 ? order : compareFilters(node.filters(), that.filters());
        }

        @Override
        public Integer and(Query.And node) {
            return compareFilters(node.filters(), ((Query.And) other).filters());
        }

        @Override
        public Integer or(Query.Or node) {
            return compareFilters(node.filters(), ((Query.Or) other).filters());
        }
    }
}
