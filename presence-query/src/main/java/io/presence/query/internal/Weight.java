package io.presence.query.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of heap that a value of a record takes, about: what it refers to counts each time, though it may be shared.
 *
 * <p><b>Cost.</b> Linear in the number of elements and keys. The stack is as deep as the value.
 */
public final class Weight {
    private static final int OBJECT = 24;
    private static final int TEXT = 48;
    private static final int MEMBER = 40;
    private static final int ELEMENT = 4;

    private Weight() {}

    /** Returns the weight of a value. */
    public static long of(@Nullable Object value) {
        if (value instanceof String text) {
            return TEXT + text.length();
        }
        if (value instanceof List<?> list) {
            return ofList(list);
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        if (value instanceof BigDecimal decimal) {
            return 2 * OBJECT + decimal.unscaledValue().bitLength() / Byte.SIZE;
        }
        return value instanceof BigInteger integer
                ? 2 * OBJECT + integer.bitLength() / Byte.SIZE
                : value == null ? 0 : OBJECT;
    }

    private static long ofList(List<?> list) {
        long weight = OBJECT;
        for (Object element : list) {
            weight += ELEMENT + of(element);
        }
        return weight;
    }

    private static long ofMap(Map<?, ?> map) {
        long weight = OBJECT;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            weight += MEMBER + of(member.getKey()) + of(member.getValue());
        }
        return weight;
    }
}
