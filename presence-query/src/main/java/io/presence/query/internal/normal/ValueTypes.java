package io.presence.query.internal.normal;

import io.presence.query.Query;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets of the types of values for which a comparison can hold, as bits. Null is no type. */
final class ValueTypes {

    static final int NONE = 0;
    static final int BOOLEAN = 1;
    static final int NUMBER = 1 << 1;
    static final int STRING = 1 << 2;
    static final int TIMESTAMP = 1 << 3;
    static final int LIST = 1 << 4;
    static final int MAP = 1 << 5;
    /** All types, including those without a bit of their own. */
    static final int ALL = -1;

    private ValueTypes() {}

    /** Returns the types of values for which a comparison in normal form can hold. */
    static int of(Query.Comparison node) {
        if (node.method().isNegated()) {
            return ALL;
        }
        List<@Nullable Object> operands = node.values();
        return switch (node.method()) {
            case STARTS_WITH, ENDS_WITH -> STRING;
            case CONTAINS -> operands.stream().anyMatch(String.class::isInstance) ? LIST | STRING : LIST;
            case CONTAINS_ALL -> operands.stream().allMatch(String.class::isInstance) ? LIST | STRING : LIST;
            case BETWEEN, LESS_THAN, LESS_THAN_EQUAL, GREATER_THAN, GREATER_THAN_EQUAL, EQUAL -> comparable(operands);
            default -> throw new AssertionError(node.method());
        };
    }

    private static int comparable(List<@Nullable Object> operands) {
        int types = NONE;
        for (int i = 0; i < operands.size(); i++) {
            types |= comparable(operands.get(i));
        }
        return types;
    }

    private static int comparable(@Nullable Object operand) {
        if (operand instanceof String) {
            return STRING | TIMESTAMP;
        }
        if (operand instanceof Number) {
            return NUMBER;
        }
        if (operand instanceof List) {
            return LIST;
        }
        return operand instanceof Map ? MAP : BOOLEAN;
    }
}
