package io.presence.query.internal.program;

import io.presence.query.Method;
import java.util.List;

/**
 * One question of a program, without its slot.
 *
 * @param op as {@link Op} describes
 * @param constant what the operation compares with
 */
record Leaf(int op, Object constant) {
    private static final Leaf NEVER = new Leaf(Op.NEVER, false);

    /** Returns the question that a method, not negated, asks; the constants are at least one. */
    static Leaf of(Method method, List<Object> constants) {
        Object first = constants.get(0);
        return switch (method) {
            case EQUAL -> equal(constants);
            case LESS_THAN -> ordered(Constants.LESS, first);
            case LESS_THAN_EQUAL -> ordered(Constants.LESS | Constants.SAME, first);
            case GREATER_THAN -> ordered(Constants.GREATER, first);
            case GREATER_THAN_EQUAL -> ordered(Constants.GREATER | Constants.SAME, first);
            case STARTS_WITH -> affix(Op.STARTS_WITH, first);
            case ENDS_WITH -> affix(Op.ENDS_WITH, first);
            case CONTAINS, CONTAINS_ANY -> new Leaf(Op.CONTAINS, new ValueSet(constants));
            default -> throw new IllegalArgumentException("method must be one question: " + method);
        };
    }

    /** Returns the questions that a method asks, all of which have to hold. */
    static List<Leaf> allOf(Method method, List<Object> constants) {
        return switch (method) {
            case BETWEEN ->
                List.of(
                        ordered(Constants.GREATER | Constants.SAME, constants.get(0)),
                        ordered(Constants.LESS | Constants.SAME, constants.get(1)));
            case CONTAINS_ALL ->
                constants.stream()
                        .map(constant -> new Leaf(Op.CONTAINS, new ValueSet(List.of(constant))))
                        .toList();
            default -> List.of(of(method, constants));
        };
    }

    private static Leaf equal(List<Object> constants) {
        if (constants.size() > ValueSet.FEW) {
            return new Leaf(Op.IN_SET, new ValueSet(constants));
        }
        if (constants.size() > 1) {
            return new Leaf(Op.IN_FEW, constants.toArray());
        }
        Object only = constants.get(0);
        if (only instanceof String) {
            return new Leaf(Op.EQUAL_STRING, only);
        }
        return new Leaf(only instanceof Long ? Op.EQUAL_LONG : Op.EQUAL, only);
    }

    private static Leaf ordered(int results, Object constant) {
        if (constant instanceof Number) {
            return new Leaf(Op.comparison(Op.NUMBER, results), constant);
        }
        return Constants.text(constant) == null ? NEVER : new Leaf(Op.comparison(Op.TEXT, results), constant);
    }

    private static Leaf affix(int op, Object constant) {
        String text = Constants.text(constant);
        return text == null ? NEVER : new Leaf(op, text);
    }
}
