package io.presence.query;

import io.presence.query.internal.ErrorExcerpt;
import io.presence.query.internal.program.Program;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conversion of the values of a query to types that JSON can represent: {@code String}, {@code Boolean},
 * {@code Long}, {@code BigInteger}, {@code Double}, {@code BigDecimal}, unmodifiable lists and maps, and null.
 */
final class Operands {

    /** The maximum nesting of lists and maps. A value that contains itself exceeds it too. */
    static final int MAX_DEPTH = 16;
    /** Enough for the exact decimal form of any double; it bounds the cost of a comparison. */
    static final int MAX_DIGITS = 1100;
    /** The same number of digits in bits: a digit has more than 3.32 bits. */
    static final int MAX_BITS = 3655;

    private static final Instant EARLIEST = Instant.parse("-999999999-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+999999999-12-31T23:59:59.999999999Z");

    private Operands() {}

    /**
     * Returns the values of a varargs array. A single collection stands for its elements, as a list does in the SDK.
     * The array is null in {@code equal("a", null)}.
     */
    static List<@Nullable Object> ofVarargs(@Nullable Object @Nullable [] values) {
        if (values == null) {
            return Collections.singletonList(null);
        }
        if (values.length == 1 && values[0] instanceof Collection<?> collection) {
            return Collections.unmodifiableList(new ArrayList<>(collection));
        }
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    static List<@Nullable Object> copy(List<?> values) {
        List<@Nullable Object> prepared = Program.prepared(values);
        return prepared == null ? copy("$.values", values, 0) : prepared;
    }

    private static List<@Nullable Object> copy(String parent, List<?> values, int depth) {
        List<@Nullable Object> copy = new ArrayList<>(values.size());
        Checks.<@Nullable Object>each(parent, values, value -> copy.add(canonical(value, depth)));
        return Collections.unmodifiableList(copy);
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw invalid("key must be a string", key);
            }
            try {
                copy.put(name, canonical(value, depth));
            } catch (QueryException e) {
                throw e.within("$." + ErrorExcerpt.of(name));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object canonical(@Nullable Object value, int depth) {
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (Numbers.isNumber(value)) {
            return number((Number) value);
        }
        if (value instanceof Instant instant) {
            return text(instant);
        }
        if (!(value instanceof List || value instanceof Map)) {
            throw invalid("value must be a string, boolean, number, instant, list or map", value.getClass());
        }
        atMost("value must be nested at most " + MAX_DEPTH + " deep", depth + 1, MAX_DEPTH);
        return value instanceof List<?> list ? copy("$", list, depth + 1) : copy((Map<?, ?>) value, depth + 1);
    }

    /** Returns the number that a query stores for this one. Rejects numbers that are too large. */
    static Object number(Number value) {
        if (value instanceof Double || value instanceof Float) {
            if (!Double.isFinite(value.doubleValue())) {
                throw invalid("value must be finite", value);
            }
            return value.doubleValue();
        }
        if (value instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        if (value instanceof BigInteger integer) {
            return integer(integer);
        }
        return value.longValue();
    }

    /** Checks the scale before any expansion: 1E+1000000000 has only ten characters. */
    private static Object decimal(BigDecimal value) {
        atMost("value must have at most " + MAX_DIGITS + " digits", value.precision(), MAX_DIGITS);
        atMost("value must have a scale within " + MAX_DIGITS, Math.abs((long) value.scale()), MAX_DIGITS);
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() <= 0) {
            return integer(stripped.toBigIntegerExact());
        }
        double nearest = stripped.doubleValue();
        return Numbers.compare(nearest, stripped) == 0 ? (Object) nearest : stripped;
    }

    private static Object integer(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        atMost("value must have at most " + MAX_BITS + " bits", value.bitLength(), MAX_BITS);
        return value;
    }

    /** Returns the text of an instant, in which it would be read back from JSON. */
    private static String text(Instant value) {
        if (value.isBefore(EARLIEST) || value.isAfter(LATEST)) {
            throw invalid("value must be between the years -999999999 and 999999999", value);
        }
        return value.toString();
    }

    private static void atMost(String problem, long actual, int limit) {
        if (actual > limit) {
            throw new QueryException(QueryException.Code.LIMIT_EXCEEDED, "$", problem, actual);
        }
    }

    private static QueryException invalid(String problem, @Nullable Object value) {
        return new QueryException(QueryException.Code.INVALID_VALUE, "$", problem, value);
    }
}
