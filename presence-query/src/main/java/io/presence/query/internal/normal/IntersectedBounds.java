package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The intersection of the ranges of one attribute. Each range is split into a lower and an upper bound, of which a
 * single value has both. The remaining bounds are combined to ranges at the end.
 *
 * <p>For numbers the tightest bounds are kept. For strings all are kept, since their order depends on the record: they
 * can be timestamps.
 */
final class IntersectedBounds {

    private final AttributePath attribute;
    private final Comparator<@Nullable Object> order;
    /** Maps each bound to whether it is exclusive. */
    private final NavigableMap<Object, Boolean> lower;

    private final NavigableMap<Object, Boolean> upper;

    IntersectedBounds(AttributePath attribute, Comparator<@Nullable Object> order) {
        this.attribute = attribute;
        this.order = order;
        this.lower = new TreeMap<>(order);
        this.upper = new TreeMap<>(order);
    }

    void add(Query.Comparison node) {
        Object first = node.values().get(0);
        switch (node.method()) {
            case LESS_THAN -> atMost(first, true);
            case LESS_THAN_EQUAL -> atMost(first, false);
            case GREATER_THAN -> atLeast(first, true);
            case GREATER_THAN_EQUAL -> atLeast(first, false);
            case EQUAL -> {
                atLeast(first, false);
                atMost(first, false);
            }
            case BETWEEN -> {
                atLeast(first, false);
                atMost(node.values().get(1), false);
            }
            default -> throw new AssertionError(node.method());
        }
    }

    /** Returns whether the intersection is empty. Can miss it if the bounds are of different types. */
    boolean isEmpty() {
        if (lower.isEmpty() || upper.isEmpty()) {
            return false;
        }
        if (lower.lastKey() instanceof Number && order.compare(lower.lastKey(), upper.firstKey()) > 0) {
            return true;
        }
        for (Map.Entry<Object, Boolean> bound : lower.entrySet()) {
            if (excludes(bound.getKey(), bound.getValue())) {
                return true;
            }
        }
        return false;
    }

    void addTo(Collection<Query.Filter> filters) {
        List<Object> from = new ArrayList<>();
        List<Object> to = new ArrayList<>();
        lower.forEach((bound, isStrict) -> {
            if (isStrict) {
                filters.add(comparison(Method.GREATER_THAN, bound));
            } else if (upper.containsKey(bound)) {
                filters.add(comparison(Method.EQUAL, bound));
            } else {
                from.add(bound);
            }
        });
        upper.forEach((bound, isStrict) -> {
            if (isStrict) {
                filters.add(comparison(Method.LESS_THAN, bound));
            } else if (!lower.containsKey(bound)) {
                to.add(bound);
            }
        });
        addRanges(from.iterator(), to.iterator(), filters);
    }

    /** Combines bounds to ranges. Any pairs are correct if they are the same each time. */
    private void addRanges(Iterator<Object> from, Iterator<Object> to, Collection<Query.Filter> filters) {
        while (from.hasNext() && to.hasNext()) {
            filters.add(comparison(Method.BETWEEN, from.next(), to.next()));
        }
        from.forEachRemaining(bound -> filters.add(comparison(Method.GREATER_THAN_EQUAL, bound)));
        to.forEachRemaining(bound -> filters.add(comparison(Method.LESS_THAN_EQUAL, bound)));
    }

    private boolean excludes(Object bound, boolean isStrict) {
        Boolean isStrictAbove = upper.get(bound);
        return isStrictAbove != null && (isStrict || isStrictAbove);
    }

    private void atLeast(Object bound, boolean isStrict) {
        lower.merge(bound, isStrict, Boolean::logicalOr);
        if (lower.size() > 1) {
            dropLooser(bound, lower.headMap(lower.lastKey(), false));
        }
    }

    private void atMost(Object bound, boolean isStrict) {
        upper.merge(bound, isStrict, Boolean::logicalOr);
        if (upper.size() > 1) {
            dropLooser(bound, upper.tailMap(upper.firstKey(), false));
        }
    }

    private static void dropLooser(Object bound, Map<Object, Boolean> looser) {
        if (bound instanceof Number) {
            looser.clear();
        }
    }

    private Query.Filter comparison(Method method, Object... values) {
        return new Query.Comparison(method, attribute, List.of(values));
    }
}
