package io.presence.bench.predicate.technique;

import io.presence.query.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions on one value. All techniques call these, so that they differ only in how they get here.
 *
 * <p>Each is the short form, for the type of its operand, of what the interpreter does.
 */
final class Leaf {
    private Leaf() {}

    static boolean equal(@Nullable Object value, String operand) {
        return operand.equals(value);
    }

    static boolean equal(@Nullable Object value, long operand) {
        return value instanceof Long number ? number == operand : Values.equal(value, operand);
    }

    static boolean in(@Nullable Object value, List<String> operands) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).equals(value)) {
                return true;
            }
        }
        return false;
    }

    static boolean notEqual(@Nullable Object value, String operand) {
        return value != null && !operand.equals(value);
    }

    static boolean between(@Nullable Object value, long low, long high) {
        return value instanceof Long number ? low <= number && number <= high : betweenOther(value, low, high);
    }

    static boolean startsWith(@Nullable Object value, String operand) {
        return value instanceof String text && text.startsWith(operand);
    }

    static boolean endsWith(@Nullable Object value, String operand) {
        return value instanceof String text && text.endsWith(operand);
    }

    private static boolean betweenOther(@Nullable Object value, long low, long high) {
        return Values.compare(value, low).orElse(-1) >= 0
                && Values.compare(value, high).orElse(1) <= 0;
    }
}
