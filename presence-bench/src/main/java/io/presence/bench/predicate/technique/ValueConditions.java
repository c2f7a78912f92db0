package io.presence.bench.predicate.technique;

import io.presence.query.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions on one value. All techniques call these methods, so that they differ in the calling code alone.
 *
 * <p>Each is the interpreter's condition, shortened for the type of its operand.
 */
public final class ValueConditions {

    private ValueConditions() {}

    /** Returns whether the value is the string. */
    public static boolean equal(@Nullable Object value, String operand) {
        return operand.equals(value);
    }

    /** Returns whether the value is the number. */
    public static boolean equal(@Nullable Object value, long operand) {
        return value instanceof Long number ? number == operand : Values.equal(value, operand);
    }

    /** Returns whether the value is one of the strings. */
    public static boolean in(@Nullable Object value, List<String> operands) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the value is a list that contains one of the strings. */
    public static boolean containsAny(@Nullable Object value, List<String> operands) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (in(list.get(i), operands)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether the value is neither null nor the string. */
    public static boolean notEqual(@Nullable Object value, String operand) {
        return value != null && !operand.equals(value);
    }

    /** Returns whether the value is a number from {@code low} to {@code high}, both included. */
    public static boolean between(@Nullable Object value, long low, long high) {
        return value instanceof Long number ? low <= number && number <= high : betweenOther(value, low, high);
    }

    /** Returns whether the value is a string that starts with the operand. */
    public static boolean startsWith(@Nullable Object value, String operand) {
        return value instanceof String text && text.startsWith(operand);
    }

    /** Returns whether the value is a string that ends with the operand. */
    public static boolean endsWith(@Nullable Object value, String operand) {
        return value instanceof String text && text.endsWith(operand);
    }

    private static boolean betweenOther(@Nullable Object value, long low, long high) {
        return Values.compare(value, low).orElse(-1) >= 0
                && Values.compare(value, high).orElse(1) <= 0;
    }
}
