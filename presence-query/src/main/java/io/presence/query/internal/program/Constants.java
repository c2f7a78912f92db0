package io.presence.query.internal.program;

import io.presence.query.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operands of a query in the form that programs use, and their equality with slots.
 *
 * <p>An operand is a string, a {@link TimestampText} if it can be read as a timestamp, a boolean, a {@code Long},
 * {@code Double} or {@code BigDecimal} as by {@link Values#key}, a list or a map. The equality agrees with
 * {@link Values}.
 */
final class Constants {

    /** The constant of a null operand, which equals nothing. */
    private static final Object NOTHING = new Object();

    private Constants() {}

    /** Returns the operands of a query as constants. */
    static List<Object> ofAll(List<@Nullable Object> operands) {
        List<Object> constants = new ArrayList<>(operands.size());
        for (Object operand : operands) {
            constants.add(of(operand));
        }
        return constants;
    }

    /** Returns an operand of a query as a constant. */
    static Object of(@Nullable Object operand) {
        Object constant = operand instanceof String text
                ? TimestampText.operand(text)
                : operand instanceof Number ? Values.key(operand) : operand;
        return constant == null ? NOTHING : constant;
    }

    /** Returns whether a constant is a list, a map or a big number. Its comparison takes time linear in its size. */
    static boolean isStructure(Object constant) {
        return constant instanceof List || constant instanceof Map || constant instanceof BigDecimal;
    }

    /** Returns whether a constant is equal to nothing. */
    static boolean isNothing(Object constant) {
        return constant == NOTHING;
    }

    /** Returns whether a slot equals a constant. */
    static boolean equal(Slots slots, int slot, Object constant) {
        return switch (slots.type(slot)) {
            case ValueType.STRING -> equalText(slots, (String) slots.object(slot), text(constant));
            case ValueType.LONG -> constant instanceof Long other && slots.word(slot) == other;
            case ValueType.DOUBLE -> constant instanceof Double other && slots.word(slot) == bits(other);
            case ValueType.BIG -> constant.equals(slots.objectOrNull(slot));
            case ValueType.BOOLEAN -> constant instanceof Boolean other && slots.word(slot) == (other ? 1 : 0);
            case ValueType.INSTANT ->
                constant instanceof TimestampText time && slots.compareInstant(slot, time.instant()) == 0;
            case ValueType.LIST -> constant instanceof List && slots.equalsStructure(slot, constant);
            case ValueType.MAP -> constant instanceof Map && slots.equalsStructure(slot, constant);
            default -> false;
        };
    }

    /** Returns whether a string of the record equals a constant. The characters count if there are as many. */
    static boolean equalText(Slots slots, String text, @Nullable String constant) {
        if (constant == null || text.length() != constant.length()) {
            return false;
        }
        if (text.length() >= Cost.CHARS_AT_ONCE) {
            slots.spend(text.length() / Cost.CHARS_AT_ONCE);
        }
        return text.equals(constant);
    }

    /** Returns the string of a constant, or null if it is no string. */
    static @Nullable String text(Object constant) {
        return constant instanceof String text ? text : constant instanceof TimestampText time ? time.text() : null;
    }

    /* A canonical double is neither -0.0 nor NaN, so equal numbers have equal bits. */
    private static long bits(Double value) {
        return Double.doubleToRawLongBits(value);
    }
}
