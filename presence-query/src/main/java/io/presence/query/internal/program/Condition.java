package io.presence.query.internal.program;

import io.presence.query.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled condition without its slot.
 *
 * @param op the operation
 * @param isNegated whether the condition holds for each value that is not null and for which the operation is false
 * @param constant the operand of the operation
 */
record Condition(Op op, boolean isNegated, Object constant) {

    static final Condition IS_NULL = new Condition(Op.IS_NULL, false, false);

    private static final Condition NEVER = new Condition(Op.NEVER, false, false);

    /** Returns the negated condition. */
    Condition negated() {
        return new Condition(op, !isNegated, constant);
    }

    /** Returns the condition of a method that is not negated. There is at least one constant. */
    static Condition of(Method method, List<Object> constants) {
        Object first = constants.get(0);
        return switch (method) {
            case EQUAL -> equal(constants);
            case LESS_THAN -> within(null, false, first, false);
            case LESS_THAN_EQUAL -> within(null, false, first, true);
            case GREATER_THAN -> within(first, false, null, false);
            case GREATER_THAN_EQUAL -> within(first, true, null, false);
            case BETWEEN -> within(first, true, constants.get(1), true);
            case STARTS_WITH -> affix(Op.STARTS_WITH, first);
            case ENDS_WITH -> affix(Op.ENDS_WITH, first);
            case CONTAINS, CONTAINS_ANY -> new Condition(Op.CONTAINS, false, new Containment(constants, false));
            case CONTAINS_ALL ->
                constants.stream().anyMatch(Constants::isNothing)
                        ? NEVER
                        : new Condition(Op.CONTAINS, false, new Containment(constants, true));
            default -> throw new IllegalArgumentException("method must be one question: " + method);
        };
    }

    private static Condition equal(List<Object> constants) {
        if (constants.size() > ValueSet.FEW || (constants.size() > 1 && hasStructure(constants))) {
            return new Condition(Op.IN_SET, false, new ValueSet(constants));
        }
        if (constants.size() > 1) {
            return new Condition(Op.IN_FEW, false, constants.toArray());
        }
        Object only = constants.get(0);
        if (only instanceof String) {
            return new Condition(Op.EQUAL_STRING, false, only);
        }
        return new Condition(only instanceof Long ? Op.EQUAL_LONG : Op.EQUAL, false, only);
    }

    private static boolean hasStructure(List<Object> constants) {
        return constants.stream().anyMatch(Constants::isStructure);
    }

    /** Returns the condition of a range between two bounds of one type; null is no bound. */
    private static Condition within(@Nullable Object low, boolean withLow, @Nullable Object high, boolean withHigh) {
        if (isNullOrNumber(low) && isNullOrNumber(high)) {
            return new Condition(Op.NUMBER, false, new NumberRange(bound(low, withLow), bound(high, withHigh)));
        }
        return isNullOrText(low) && isNullOrText(high)
                ? new Condition(Op.TEXT, false, new TextRange(low, withLow, high, withHigh))
                : NEVER;
    }

    private static boolean isNullOrNumber(@Nullable Object constant) {
        return constant == null || constant instanceof Number;
    }

    private static boolean isNullOrText(@Nullable Object constant) {
        return constant == null || Constants.text(constant) != null;
    }

    private static @Nullable NumberBound bound(@Nullable Object number, boolean isInside) {
        return number == null ? null : new NumberBound((Number) number, isInside);
    }

    private static Condition affix(Op op, Object constant) {
        String text = Constants.text(constant);
        return text == null ? NEVER : new Condition(op, false, text);
    }
}
