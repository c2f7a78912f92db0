package io.presence.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the numbers in JSON values, by the rule of {@link io.presence.query.QueryJson}, so that a query with
 * the same text matches.
 */
final class JsonNumbers {

    private static final int DOUBLE_DIGITS = 17;
    private static final int LONG_BITS = 63;
    /* One more than metadata may have, so that the refusal names the path. */
    private static final int MAX_LEVELS = 34;
    /* More than metadata may have, since each takes a byte at least. An object can have one value at many places. */
    private static final int MAX_VALUES = 65_537;

    private int values;

    private JsonNumbers() {}

    /**
     * Returns a copy of an object with each number in the class that is used for it. What exceeds the limits of
     * metadata is not copied.
     */
    static Map<String, @Nullable Object> normalized(Map<?, ?> object) {
        return new JsonNumbers().map(object, 1);
    }

    private Map<String, @Nullable Object> map(Map<?, ?> object, int level) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> copy.put(String.valueOf(name), value(value, level)));
        return copy;
    }

    private @Nullable Object value(@Nullable Object value, int level) {
        if (++values > MAX_VALUES) {
            return value;
        }
        if (level < MAX_LEVELS && value instanceof Map<?, ?> map) {
            return map(map, level + 1);
        }
        if (level < MAX_LEVELS && value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(item -> copy.add(value(item, level + 1)));
            return copy;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        return value instanceof BigInteger integer && integer.bitLength() <= LONG_BITS
                ? (Object) integer.longValue()
                : value;
    }

    private static Number decimal(BigDecimal exact) {
        if (exact.signum() == 0) {
            return 0.0;
        }
        if (exact.precision() <= DOUBLE_DIGITS) {
            double nearest = exact.doubleValue();
            if (nearest != 0 && Double.isFinite(nearest)) {
                return nearest;
            }
        }
        return exact.stripTrailingZeros();
    }
}
