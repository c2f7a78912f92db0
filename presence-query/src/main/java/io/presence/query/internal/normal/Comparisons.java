package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The normal form of a single comparison: a comparison, or {@code isNotNull} or nothing when its values decide it.
 *
 * <p>Two strings are never compared to one another to find out what a range can hold: beside an attribute that is a
 * timestamp they are timestamps, and their order may be another one.
 */
record Comparisons(CanonicalOrder order) {
    Query.Filter normalize(Query.Comparison node) {
        Optional<Query.Comparison> positive =
                positive(node.method().positive(), node.attribute(), CanonicalValues.ofAll(node.values()));
        if (!node.method().isNegated()) {
            return positive.<Query.Filter>map(comparison -> comparison).orElseGet(Query::nothing);
        }
        return positive.<Query.Filter>map(Comparisons::negation)
                .orElseGet(() -> new Query.NullCheck(Method.IS_NOT_NULL, node.attribute()));
    }

    /** Returns the comparison, or nothing when it cannot hold. */
    private Optional<Query.Comparison> positive(
            Method method, AttributePath attribute, List<@Nullable Object> operands) {
        return switch (method) {
            case EQUAL -> comparison(method, attribute, distinct(operands));
            case CONTAINS, CONTAINS_ANY -> comparison(Method.CONTAINS, attribute, distinct(operands));
            case CONTAINS_ALL -> containsAll(attribute, operands);
            case STARTS_WITH, ENDS_WITH ->
                operands.get(0) instanceof String ? comparison(method, attribute, operands) : Optional.empty();
            case LESS_THAN, LESS_THAN_EQUAL, GREATER_THAN, GREATER_THAN_EQUAL ->
                isOrdered(operands.get(0)) ? comparison(method, attribute, operands) : Optional.empty();
            case BETWEEN -> between(attribute, operands);
            default -> throw new AssertionError(method);
        };
    }

    private Optional<Query.Comparison> containsAll(AttributePath attribute, List<@Nullable Object> operands) {
        if (operands.stream().anyMatch(Objects::isNull)) {
            return Optional.empty();
        }
        List<Object> values = distinct(operands);
        return comparison(values.size() == 1 ? Method.CONTAINS : Method.CONTAINS_ALL, attribute, values);
    }

    private Optional<Query.Comparison> between(AttributePath attribute, List<@Nullable Object> operands) {
        Object low = operands.get(0);
        Object high = operands.get(1);
        if (!isOrdered(low) || !isOrdered(high) || low instanceof Number != high instanceof Number) {
            return Optional.empty();
        }
        if (low.equals(high)) {
            return comparison(Method.EQUAL, attribute, List.of(low));
        }
        boolean isEmpty = low instanceof Number && order.values().compare(low, high) > 0;
        return isEmpty ? Optional.empty() : comparison(Method.BETWEEN, attribute, operands);
    }

    /** Returns the values in order, each once. Null is equal to nothing and left out. */
    private List<Object> distinct(List<@Nullable Object> operands) {
        Collection<Object> distinct = new TreeSet<>(order.values());
        for (Object operand : operands) {
            if (operand != null) {
                distinct.add(operand);
            }
        }
        return new ArrayList<>(distinct);
    }

    private static boolean isOrdered(@Nullable Object operand) {
        return operand instanceof Number || operand instanceof String;
    }

    private static Optional<Query.Comparison> comparison(
            Method method, AttributePath attribute, List<? extends @Nullable Object> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(new Query.Comparison(method, attribute, new ArrayList<>(values)));
    }

    private static Query.Comparison negation(Query.Comparison positive) {
        Method method = switch (positive.method()) {
            case EQUAL -> Method.NOT_EQUAL;
            case CONTAINS -> Method.NOT_CONTAINS;
            case STARTS_WITH -> Method.NOT_STARTS_WITH;
            case ENDS_WITH -> Method.NOT_ENDS_WITH;
            case BETWEEN -> Method.NOT_BETWEEN;
            default -> throw new AssertionError(positive.method());
        };
        return new Query.Comparison(method, positive.attribute(), positive.values());
    }
}
