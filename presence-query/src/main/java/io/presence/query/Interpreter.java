package io.presence.query;

import io.presence.query.internal.Texts;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The reference implementation of the query language. All other evaluators agree with it on every record.
 *
 * <p><b>Cost.</b> One walk over the tree of the filter, which stops once the result is known. A comparison reads one
 * attribute and compares it with each of its values. {@code contains} searches a string, or compares each element of a
 * list, for each value. The stack is as deep as the filter; check filters of untrusted callers against
 * {@link QueryLimits} first.
 * <p><b>Threads.</b> Stateless.
 */
public final class Interpreter {

    private Interpreter() {}

    /**
     * Returns whether the filter holds for the record.
     *
     * @throws QueryException {@code NOT_ALLOWED} if the query is a list option; {@code LIMIT_EXCEEDED} if it is nested
     *     more than 200 deep
     */
    public static boolean matches(Query filter, Attributes attributes) {
        Checks.notNull("attributes", attributes);
        return Trees.shallow("filter", Checks.filter(filter)).accept(new Evaluation(attributes));
    }

    private record Evaluation(Attributes attributes) implements Query.FilterVisitor<Boolean> {
        @Override
        public Boolean comparison(Query.Comparison node) {
            Object value = attributes.get(node.attribute());
            Method method = node.method();
            return value != null && holds(method.positive(), value, node.values()) != method.isNegated();
        }

        @Override
        public Boolean nullCheck(Query.NullCheck node) {
            boolean isNull = attributes.get(node.attribute()) == null;
            return isNull != node.method().isNegated();
        }

        @Override
        public Boolean exists(Query.Exists node) {
            boolean exists = node.attributes().stream().anyMatch(attribute -> attributes.get(attribute) != null);
            return exists != node.method().isNegated();
        }

        @Override
        public Boolean elemMatch(Query.ElemMatch node) {
            return attributes.get(node.attribute()) instanceof List<?> list
                    && list.stream().anyMatch(element -> matchesElement(element, node.filters()));
        }

        @Override
        public Boolean and(Query.And node) {
            return allMatch(node.filters());
        }

        @Override
        public Boolean or(Query.Or node) {
            return node.filters().stream().anyMatch(filter -> filter.accept(this));
        }

        private boolean allMatch(List<Query.Filter> filters) {
            return filters.stream().allMatch(filter -> filter.accept(this));
        }

        private static boolean matchesElement(@Nullable Object element, List<Query.Filter> filters) {
            return element instanceof Map
                    && new Evaluation(path -> Attributes.resolve(element, path, 0)).allMatch(filters);
        }
    }

    private static boolean holds(Method method, Object value, List<@Nullable Object> operands) {
        Object first = operands.isEmpty() ? null : operands.get(0);
        return switch (method) {
            case EQUAL -> operands.stream().anyMatch(operand -> Values.equal(value, operand));
            case LESS_THAN -> ordered(value, first, order -> order < 0);
            case LESS_THAN_EQUAL -> ordered(value, first, order -> order <= 0);
            case GREATER_THAN -> ordered(value, first, order -> order > 0);
            case GREATER_THAN_EQUAL -> ordered(value, first, order -> order >= 0);
            case BETWEEN ->
                ordered(value, first, order -> order >= 0) && ordered(value, operands.get(1), order -> order <= 0);
            case STARTS_WITH -> strings(value, first, Texts::startsWith);
            case ENDS_WITH -> strings(value, first, Texts::endsWith);
            case CONTAINS, CONTAINS_ANY -> operands.stream().anyMatch(operand -> contains(value, operand));
            case CONTAINS_ALL -> operands.stream().allMatch(operand -> contains(value, operand));
            default -> throw new AssertionError(method);
        };
    }

    private static boolean ordered(Object value, @Nullable Object operand, IntPredicate test) {
        OptionalInt order = Values.compare(value, operand);
        return order.isPresent() && test.test(order.getAsInt());
    }

    private static boolean strings(Object value, @Nullable Object operand, BiPredicate<String, String> test) {
        return value instanceof String text && operand instanceof String other && test.test(text, other);
    }

    private static boolean contains(Object value, @Nullable Object operand) {
        return value instanceof List<?> list
                ? list.stream().anyMatch(element -> Values.equal(element, operand))
                : strings(value, operand, Texts::contains);
    }
}
