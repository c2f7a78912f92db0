package io.presence.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A condition that a filter implies: an attribute is equal to one of several values.
 *
 * <p><b>Cost.</b> Linear in the size of the filter, for each attribute that its first alternative names. The stack is
 * as deep as the filter.
 *
 * @param attribute the attribute that is compared
 * @param values in the order of the filter; those of an {@code or} are those of all its alternatives
 */
record EqualityCondition(AttributePath attribute, List<@Nullable Object> values) {

    /** Returns the condition that a filter implies, or null if there is none. */
    static @Nullable EqualityCondition of(Query.Filter filter) {
        return of(filter, attribute -> true);
    }

    /**
     * Returns the condition with the fewest values that a filter implies on one of the wanted attributes, or null if
     * there is none.
     *
     * @param isWanted selects the attributes
     */
    static @Nullable EqualityCondition of(Query.Filter filter, Predicate<AttributePath> isWanted) {
        EqualityCondition best = null;
        for (AttributePath attribute : candidates(filter)) {
            List<@Nullable Object> values = isWanted.test(attribute) ? values(filter, attribute) : null;
            if (values != null && (best == null || values.size() < best.values().size())) {
                best = new EqualityCondition(attribute, values);
            }
        }
        return best;
    }

    /** Each alternative of an {@code or} must name the attribute, so the attributes of the first are sufficient. */
    private static Set<AttributePath> candidates(Query.Filter filter) {
        Set<AttributePath> attributes = new LinkedHashSet<>();
        if (isEqual(filter)) {
            attributes.add(((Query.Comparison) filter).attribute());
        } else if (filter instanceof Query.And and) {
            and.filters().forEach(part -> attributes.addAll(candidates(part)));
        } else if (filter instanceof Query.Or or && !or.filters().isEmpty()) {
            attributes.addAll(candidates(or.filters().get(0)));
        }
        return attributes;
    }

    private static boolean isEqual(Query.Filter filter) {
        return filter.method() == Method.EQUAL;
    }

    private static @Nullable List<@Nullable Object> values(Query.Filter filter, AttributePath attribute) {
        if (isEqual(filter)) {
            Query.Comparison equal = (Query.Comparison) filter;
            return equal.attribute().equals(attribute) ? equal.values() : null;
        }
        if (filter instanceof Query.And and) {
            return fewest(and.filters(), attribute);
        }
        return filter instanceof Query.Or or ? all(or.filters(), attribute) : null;
    }

    private static @Nullable List<@Nullable Object> fewest(List<Query.Filter> parts, AttributePath attribute) {
        List<@Nullable Object> fewest = null;
        for (Query.Filter part : parts) {
            List<@Nullable Object> values = values(part, attribute);
            if (values != null && (fewest == null || values.size() < fewest.size())) {
                fewest = values;
            }
        }
        return fewest;
    }

    private static @Nullable List<@Nullable Object> all(List<Query.Filter> alternatives, AttributePath attribute) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Query.Filter alternative : alternatives) {
            List<@Nullable Object> values = values(alternative, attribute);
            if (values == null) {
                return null;
            }
            all.addAll(values);
        }
        return all;
    }
}
