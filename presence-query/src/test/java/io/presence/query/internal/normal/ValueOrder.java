package io.presence.query.internal.normal;

import io.presence.query.Values;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A total order of operands, in which those that are equal are alike and no others: {@link Values#ascending()}, except
 * that lists go by the first elements that differ, and maps as the list of their members by key, without null values.
 *
 * <p><b>Cost.</b> Linear in the size of the values, with a logarithm for maps.
 * <p><b>Threads.</b> Stateless.
 */
enum ValueOrder implements Comparator<@Nullable Object> {
    /** The one order. */
    INSTANCE;

    @Override
    public int compare(@Nullable Object a, @Nullable Object b) {
        if (a instanceof List<?> list && b instanceof List<?> other) {
            return compareEach(list.iterator(), other.iterator());
        }
        if (a instanceof Map<?, ?> map && b instanceof Map<?, ?> other) {
            return compareMaps(sorted(map), sorted(other));
        }
        return Values.ascending().compare(a, b);
    }

    private int compareEach(Iterator<?> left, Iterator<?> right) {
        while (left.hasNext() && right.hasNext()) {
            int order = compare(left.next(), right.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    private int compareMaps(Map<String, Object> a, Map<String, Object> b) {
        Iterator<Map.Entry<String, Object>> left = a.entrySet().iterator();
        Iterator<Map.Entry<String, Object>> right = b.entrySet().iterator();
        while (left.hasNext() && right.hasNext()) {
            int order = compareMembers(left.next(), right.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    private int compareMembers(Map.Entry<String, Object> a, Map.Entry<String, Object> b) {
        int order = Values.compareStrings(a.getKey(), b.getKey());
        return order != 0 ? order : compare(a.getValue(), b.getValue());
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>(Values::compareStrings);
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (member.getValue() != null) {
                sorted.put((String) member.getKey(), member.getValue());
            }
        }
        return sorted;
    }
}
