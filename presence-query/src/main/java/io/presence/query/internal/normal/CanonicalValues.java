package io.presence.query.internal.normal;

import io.presence.query.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Canonical operands: operands that equal the same values have equal canonical objects. Numbers are canonical by value,
 * and maps have sorted keys and no nulls, since an absent key equals a null one.
 */
final class CanonicalValues {

    /**
     * A total order of canonical values, consistent with equals: {@link Values#ascending()}, except that lists are
     * ordered by the first different elements, and maps by the first different members.
     */
    static final Comparator<@Nullable Object> ASCENDING = CanonicalValues::compare;

    private CanonicalValues() {}

    private static int compare(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Map<?, ?> map && b instanceof Map<?, ?> other) {
            return compareMaps(map, other);
        }
        return a instanceof List<?> list && b instanceof List<?> other
                ? compareLists(list.iterator(), other.iterator())
                : Values.ascending().compare(a, b);
    }

    private static int compareMaps(Map<?, ?> map, Map<?, ?> other) {
        Iterator<? extends Map.Entry<?, ?>> left = map.entrySet().iterator();
        Iterator<? extends Map.Entry<?, ?>> right = other.entrySet().iterator();
        while (left.hasNext() && right.hasNext()) {
            Map.Entry<?, ?> entry = left.next();
            Map.Entry<?, ?> against = right.next();
            int order = Values.compareStrings((String) entry.getKey(), (String) against.getKey());
            order = order != 0 ? order : compare(entry.getValue(), against.getValue());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    private static int compareLists(Iterator<?> left, Iterator<?> right) {
        while (left.hasNext() && right.hasNext()) {
            int order = compare(left.next(), right.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    /** Returns the list itself if all operands are canonical. */
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

    /** Returns the map itself if it is canonical. */
    private static Map<?, ?> ofMap(Map<?, ?> map) {
        return isCanonical(map) ? map : sorted(map);
    }

    private static boolean isCanonical(Map<?, ?> map) {
        String last = null;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = (String) entry.getKey();
            boolean isInOrder = last == null || Values.compareStrings(last, key) < 0;
            if (!isInOrder || entry.getValue() == null || of(entry.getValue()) != entry.getValue()) {
                return false;
            }
            last = key;
        }
        return true;
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>(Values::compareStrings);
        map.forEach((key, value) -> {
            Object canonical = of(value);
            if (canonical != null) {
                sorted.put((String) key, canonical);
            }
        });
        return new LinkedHashMap<>(sorted);
    }

    /**
     * Returns the canonical number. A query stores an integer as a {@code BigInteger}, which can have one digit more
     * than a decimal.
     */
    private static @Nullable Object ofNumber(Number number) {
        Object key = Values.key(number);
        if (key instanceof BigDecimal decimal && decimal.scale() <= 0) {
            return number instanceof BigInteger ? number : decimal.toBigIntegerExact();
        }
        return key != null && key.equals(number) ? number : key;
    }
}
