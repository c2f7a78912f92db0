package io.presence.query.internal.normal;

import io.presence.query.Method;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The normal form of a single comparison: a comparison, {@code isNotNull}, or nothing if it never holds. A comparison
 * in normal form is returned itself.
 *
 * <p>Two strings are never compared with each other to determine an empty range: with a timestamp attribute they are
 * timestamps, which can have another order.
 */
record Comparisons(CanonicalOrder order) {

    Query.Filter normalize(Query.Comparison node) {
        Method positive = node.method().positive();
        boolean isNegated = node.method().isNegated();
        List<@Nullable Object> values = values(positive, CanonicalValues.ofAll(node.values()));
        if (values.isEmpty()) {
            return isNegated ? new Query.NullCheck(Method.IS_NOT_NULL, node.attribute()) : Query.nothing();
        }
        Method plain = plain(positive, values.size());
        Method method = isNegated ? negation(plain) : plain;
        return method == node.method() && values == node.values()
                ? node
                : new Query.Comparison(method, node.attribute(), values);
    }

    /** Returns the values in normal form, or none if the comparison cannot hold. */
    private List<@Nullable Object> values(Method method, List<@Nullable Object> operands) {
        return switch (method) {
            case EQUAL, CONTAINS, CONTAINS_ANY -> distinct(operands);
            case CONTAINS_ALL -> hasNull(operands) ? List.of() : distinct(operands);
            case STARTS_WITH, ENDS_WITH -> operands.get(0) instanceof String ? operands : List.of();
            case LESS_THAN, LESS_THAN_EQUAL, GREATER_THAN, GREATER_THAN_EQUAL ->
                isOrdered(operands.get(0)) ? operands : List.of();
            case BETWEEN -> between(operands);
            default -> throw new AssertionError(method);
        };
    }

    private List<@Nullable Object> between(List<@Nullable Object> operands) {
        Object low = operands.get(0);
        Object high = operands.get(1);
        if (!isOrdered(low) || !isOrdered(high) || low instanceof Number != high instanceof Number) {
            return List.of();
        }
        if (low.equals(high)) {
            return operands.subList(0, 1);
        }
        boolean isEmpty = low instanceof Number && order.values().compare(low, high) > 0;
        return isEmpty ? List.of() : operands;
    }

    /** Returns the distinct values in order. Null equals nothing and is dropped. */
    private List<@Nullable Object> distinct(List<@Nullable Object> operands) {
        if (isDistinct(operands)) {
            return operands;
        }
        Collection<@Nullable Object> distinct = new TreeSet<>(order.values());
        for (Object operand : operands) {
            if (operand != null) {
                distinct.add(operand);
            }
        }
        return new ArrayList<>(distinct);
    }

    private boolean isDistinct(List<@Nullable Object> operands) {
        Comparator<@Nullable Object> values = order.values();
        for (int i = 1; i < operands.size(); i++) {
            if (values.compare(operands.get(i - 1), operands.get(i)) >= 0) {
                return false;
            }
        }
        /* Null comes last. */
        return operands.isEmpty() || operands.get(operands.size() - 1) != null;
    }

    private static boolean hasNull(List<@Nullable Object> operands) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i) == null) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOrdered(@Nullable Object operand) {
        return operand instanceof Number || operand instanceof String;
    }

    /** Returns the equivalent method for a number of values. */
    private static Method plain(Method method, int count) {
        return switch (method) {
            case CONTAINS_ANY -> Method.CONTAINS;
            case CONTAINS_ALL -> count == 1 ? Method.CONTAINS : method;
            case BETWEEN -> count == 1 ? Method.EQUAL : method;
            default -> method;
        };
    }

    private static Method negation(Method positive) {
        return switch (positive) {
            case EQUAL -> Method.NOT_EQUAL;
            case CONTAINS -> Method.NOT_CONTAINS;
            case STARTS_WITH -> Method.NOT_STARTS_WITH;
            case ENDS_WITH -> Method.NOT_ENDS_WITH;
            case BETWEEN -> Method.NOT_BETWEEN;
            default -> throw new AssertionError(positive);
        };
    }
}
