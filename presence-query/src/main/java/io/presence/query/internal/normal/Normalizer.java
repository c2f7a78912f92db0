package io.presence.query.internal.normal;

import io.presence.query.Method;
import io.presence.query.Query;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rewriter of filters into normal form. Filters that differ only in order, repetition, grouping or notation have
 * equal normal forms. The rules for notation are below; other filters that hold for the same records can have different
 * normal forms.
 *
 * <ul>
 * <li>Nested groups of the same kind are flattened, groups of one filter are replaced by it, and filters are sorted
 *     without duplicates.
 * <li>Equal numbers are one object; values are sorted without duplicates; maps have sorted keys and no nulls.
 * <li>A filter that never holds is {@link Query#nothing()}, one that always holds is {@link Query#everything()}, and
 *     neither remains within a group.
 * <li>{@code exists} and {@code notExists} become null checks, {@code containsAny} becomes {@code contains}, a method
 *     of many values with a single value becomes the method of one value, and a range of a single value becomes
 *     {@code equal}.
 * <li>Within a group, comparisons of one attribute are merged: in an {@code or} those of {@code equal} and
 *     {@code contains}, in an {@code and} those of {@code notEqual}, {@code notContains}, {@code containsAll} and
 *     ranges.
 * </ul>
 *
 * <p>The language has no negation of filters, only negated methods, so none is moved inwards. {@code and} is not
 * distributed over {@code or}.
 *
 * <p><b>Cost.</b> O(n log n) comparisons for n nodes and values, for each level of nesting. The stack is as deep as the
 * filter; check filters of untrusted callers against {@link io.presence.query.QueryLimits} first.
 * <p><b>Threads.</b> Stateless.
 * <p><b>Guarantees.</b> The normal form holds for exactly the records for which the filter holds, with any
 * {@link io.presence.query.Attributes}. It is its own normal form. It has no more nodes than the filter, where
 * {@code exists} counts as its null checks, but one comparison can have the values of several.
 */
public final class Normalizer {

    private Normalizer() {}

    /** Returns the normal form of a filter. */
    public static Query.Filter normalize(Query.Filter filter) {
        return normalize(filter, CanonicalValues.ASCENDING);
    }

    /**
     * Returns a keyed hash of a filter in normal form: equal filters have equal hashes.
     *
     * @param seed secret and random if untrusted callers choose the filters
     */
    public static long hash(Query.Filter normal, long seed) {
        return FilterHash.hash(normal, seed);
    }

    /** Orders the values by a comparator that agrees with {@link CanonicalValues#ASCENDING}. Tests count its calls. */
    static Query.Filter normalize(Query.Filter filter, Comparator<@Nullable Object> values) {
        return filter.accept(new Rewriting(new CanonicalOrder(values)));
    }

    private record Rewriting(CanonicalOrder order) implements Query.FilterVisitor<Query.Filter> {
        @Override
        public Query.Filter comparison(Query.Comparison node) {
            return new Comparisons(order).normalize(node);
        }

        @Override
        public Query.Filter nullCheck(Query.NullCheck node) {
            return node;
        }

        @Override
        public Query.Filter exists(Query.Exists node) {
            Method method = node.method().isNegated() ? Method.IS_NULL : Method.IS_NOT_NULL;
            List<Query.Filter> checks = node.attributes().stream()
                    .<Query.Filter>map(attribute -> new Query.NullCheck(method, attribute))
                    .toList();
            return node.method().isNegated() ? allOf(checks) : anyOf(checks);
        }

        @Override
        public Query.Filter elemMatch(Query.ElemMatch node) {
            Query.Filter inner = allOf(node.filters());
            if (inner.equals(Query.nothing())) {
                return inner;
            }
            boolean isGroup = inner instanceof Query.And all && !all.filters().isEmpty();
            return new Query.ElemMatch(node.attribute(), isGroup ? ((Query.And) inner).filters() : List.of(inner));
        }

        @Override
        public Query.Filter and(Query.And node) {
            return allOf(node.filters());
        }

        @Override
        public Query.Filter or(Query.Or node) {
            return anyOf(node.filters());
        }

        private Query.Filter allOf(List<Query.Filter> filters) {
            Conjunction conjunction = new Conjunction(order);
            addTo(conjunction, filters);
            return conjunction.toFilter();
        }

        private Query.Filter anyOf(List<Query.Filter> filters) {
            Disjunction disjunction = new Disjunction(order);
            addTo(disjunction, filters);
            return disjunction.toFilter();
        }

        private void addTo(Group group, List<Query.Filter> filters) {
            for (int i = 0; i < filters.size(); i++) {
                filters.get(i).accept(this).accept(group);
            }
        }
    }
}
