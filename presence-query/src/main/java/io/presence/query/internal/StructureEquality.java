package io.presence.query.internal;

import io.presence.query.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The equality of lists and maps of a record with operands of a query, with a count of what it reads. A member that is
 * null is as one that is absent; an element that is null equals one that is null.
 *
 * <p><b>Cost.</b> At most linear in the size of the operand and the number of members of the record that are null.
 * <p><b>Threads.</b> For one thread.
 */
public final class StructureEquality {

    private static final int CHARS_PER_STEP = 8;
    private static final int BITS_PER_STEP = 2;

    private long nodes;
    private long steps;

    /** Returns the number of values that were compared since the last {@link #reset}. */
    public long nodes() {
        return nodes;
    }

    /** Returns the steps within values: characters, bits of large numbers, and members that are null. */
    public long steps() {
        return steps;
    }

    /** Sets both counts to 0. */
    public void reset() {
        nodes = 0;
        steps = 0;
    }

    /** Returns whether a list or map equals an operand. */
    public boolean equal(Object structure, Object operand) {
        nodes++;
        if (structure instanceof List<?> list) {
            return operand instanceof List<?> other && equalLists(list, other);
        }
        if (structure instanceof Map<?, ?> map) {
            return operand instanceof Map<?, ?> other && equalMaps(map, other);
        }
        return equalLeaves(structure, operand);
    }

    private boolean equalLeaves(Object value, Object operand) {
        if (value instanceof String text && operand instanceof String other) {
            steps += Math.min(text.length(), other.length()) / CHARS_PER_STEP;
        } else if (value instanceof Number number && operand instanceof Number) {
            steps += bits(number) / BITS_PER_STEP;
        }
        return Values.equal(value, operand);
    }

    /** Returns the number of bits of a large number, or 0 for any other. */
    public static int bits(Number number) {
        return number instanceof BigDecimal decimal
                ? decimal.unscaledValue().bitLength()
                : number instanceof BigInteger integer ? integer.bitLength() : 0;
    }

    private boolean equalLists(List<?> list, List<?> other) {
        if (list.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            if (!equalOrBothNull(list.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Iterates the operand first, which ends early for another map of any size. */
    private boolean equalMaps(Map<?, ?> map, Map<?, ?> other) {
        int common = 0;
        for (Map.Entry<?, ?> member : other.entrySet()) {
            if (!equalOrBothNull(map.get(member.getKey()), member.getValue())) {
                return false;
            }
            common += member.getValue() == null ? 0 : 1;
        }
        return common == map.size() || hasNoMore(map, common);
    }

    private boolean hasNoMore(Map<?, ?> map, int expected) {
        int count = 0;
        for (Object value : map.values()) {
            steps++;
            count += value == null ? 0 : 1;
            if (count > expected) {
                return false;
            }
        }
        return true;
    }

    private boolean equalOrBothNull(@Nullable Object value, @Nullable Object operand) {
        if (value == null || operand == null) {
            nodes++;
            return value == operand;
        }
        return equal(value, operand);
    }
}
