package io.presence.query.internal.normal;

import io.presence.query.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one object that stands for all operands that are equal to the same values, whatever the record: numbers by value,
 * maps with keys in order and without nulls, since an absent key is the same.
 */
final class CanonicalValues {
    private CanonicalValues() {}

    /** Returns the list itself if each operand is the one object already. */
    @SuppressWarnings("unchecked") // it is only read
    static List<@Nullable Object> ofAll(List<?> operands) {
        List<@Nullable Object> canonical = (List<@Nullable Object>) operands;
        for (int i = 0; i < operands.size(); i++) {
            Object operand = operands.get(i);
            Object one = of(operand);
            if (canonical == operands && one != operand) {
                canonical = new ArrayList<>(operands);
            }
            if (canonical != operands) {
                canonical.set(i, one);
            }
        }
        return canonical;
    }

    private static @Nullable Object of(@Nullable Object operand) {
        if (operand instanceof List<?> list) {
            return ofAll(list);
        }
        if (operand instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        return operand instanceof Number number ? ofNumber(number) : operand;
    }

    private static Map<String, Object> ofMap(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>(Values::compareStrings);
        map.forEach((key, value) -> {
            Object canonical = of(value);
            if (canonical != null) {
                sorted.put((String) key, canonical);
            }
        });
        return new LinkedHashMap<>(sorted);
    }

    /** A query keeps a whole number as a {@code BigInteger}, which can have a digit more than its decimals can. */
    private static @Nullable Object ofNumber(Number number) {
        Object key = Values.key(number);
        return key instanceof BigDecimal decimal && decimal.scale() <= 0 ? decimal.toBigIntegerExact() : key;
    }
}
