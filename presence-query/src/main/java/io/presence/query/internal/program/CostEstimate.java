package io.presence.query.internal.program;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An upper bound of the operations of a filter on a legal record of at most {@link #RECORD} characters as JSON.
 * {@link Slots#spent} never exceeds it.
 *
 * <p>A record has room for one large value, so the costs of large values of different attributes are not added: only
 * the most expensive attribute counts. A condition within an {@code elemMatch} is evaluated for each element, and the
 * smaller the elements are the more of them fit in a record.
 *
 * <p>Each visit adds the cost of a node, and returns the estimate.
 *
 * <p><b>Cost.</b> Linear in the size of the filter; the stack is as deep as the filter.
 * <p><b>Threads.</b> For one thread, and one filter.
 */
final class CostEstimate implements Query.FilterVisitor<CostEstimate> {

    /** The number of characters of the largest record as JSON: metadata of 64 KiB and four other strings. */
    static final int RECORD = 65_536 + 4 * 256;

    /* The least number of characters of each, including the comma after it. */
    private static final int CHARS_OF_MAP = 3;
    private static final int CHARS_OF_MEMBER = 6;
    private static final int CHARS_OF_MAP_WITH_TEXT = 8;
    private static final int CHARS_OF_ELEMENT = 2;

    private static final long ELEMENTS = RECORD / CHARS_OF_MAP + 1;
    private static final long ELEMENTS_WITH_TEXT = RECORD / CHARS_OF_MAP_WITH_TEXT + 1;
    /** The maximum number of bits of a number of a record. */
    static final long MOST_BITS = 3655;

    private final boolean isElement;
    /* If false, several comparisons with one value can become one with many values. */
    private final boolean isNormal;
    /* The cost that does not depend on the sizes of values. */
    private long fixed;
    /* The cost of a value that fills the record, by path. */
    private final Map<List<String>, Long> byPath = new TreeMap<>(CostEstimate::compareKeys);

    private CostEstimate(boolean isElement, boolean isNormal) {
        this.isElement = isElement;
        this.isNormal = isNormal;
    }

    /** Returns an upper bound for a filter in any form. */
    static long of(Query.Filter filter) {
        return of(filter, false);
    }

    /** Returns an upper bound for a filter in normal form. */
    static long ofNormal(Query.Filter normal) {
        return of(normal, true);
    }

    /* An order, since untrusted callers can choose keys with equal hash codes. */
    private static int compareKeys(List<String> keys, List<String> others) {
        for (int i = 0; i < Math.min(keys.size(), others.size()); i++) {
            int order = keys.get(i).compareTo(others.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(keys.size(), others.size());
    }

    private static long of(Query.Filter filter, boolean isNormal) {
        return filter.accept(new CostEstimate(false, isNormal)).total();
    }

    private long total() {
        return fixed + costliestPath();
    }

    /**
     * Returns the cost of the most expensive path. A value on the way to another one can be large too, since it
     * contains that one.
     */
    private long costliestPath() {
        long most = 0;
        for (List<String> path : byPath.keySet()) {
            long sum = 0;
            for (int length = 1; length <= path.size(); length++) {
                sum += byPath.getOrDefault(path.subList(0, length), 0L);
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    /** Adds the fixed cost of an instruction. */
    private CostEstimate add(AttributePath path, long operations) {
        return add(path, operations, 0);
    }

    private CostEstimate add(AttributePath path, long operations, long ofLargest) {
        fixed += 1 + operations;
        List<String> keys = path.segments();
        fixed += byPath.containsKey(keys) ? 0 : (long) Cost.KEY * keys.size();
        byPath.merge(keys, ofLargest, Long::sum);
        return this;
    }

    @Override
    public CostEstimate comparison(Query.Comparison node) {
        AttributePath path = node.attribute();
        List<@Nullable Object> values = node.values();
        return switch (node.method().positive()) {
            case EQUAL -> equal(path, values);
            case CONTAINS, CONTAINS_ANY -> contains(path, values, false);
            case CONTAINS_ALL -> contains(path, values, true);
            default -> ordered(path, values);
        };
    }

    private CostEstimate equal(AttributePath path, List<@Nullable Object> values) {
        long structures = values.stream().filter(CostEstimate::isStructure).count();
        if (structures == 0) {
            return text(path, values, 1);
        }
        if (values.size() > 1 || !isNormal) {
            return add(path, Cost.NODE, hash());
        }
        StructureSize size = StructureSize.of(values.get(0));
        return add(path, isElement ? 0 : size.once(), (isElement ? size.ofElements() : 0) + RECORD / CHARS_OF_MEMBER);
    }

    /* Returns the cost to hash the largest value. A list of small numbers has the most nodes. */
    private static long hash() {
        return Cost.NODE * (long) RECORD / CHARS_OF_ELEMENT;
    }

    private CostEstimate contains(AttributePath path, List<@Nullable Object> values, boolean isAll) {
        long pass = Math.max(Cost.SEARCH, Cost.ELEMENT / CHARS_OF_ELEMENT) * (long) RECORD;
        boolean isHashed = values.stream().anyMatch(CostEstimate::isStructure);
        long all = isAll ? all(values) : 0;
        long once = isAll && !isElement ? states(values) + all : 0;
        long ofElements = isAll && isElement ? visitsOfElements(values) + all * ELEMENTS_WITH_TEXT : 0;
        return add(path, once, pass + (isHashed ? hash() : 0) + ofElements);
    }

    /** Returns the number of states of an automaton that finds all strings among the values. */
    private static long states(List<@Nullable Object> values) {
        return 1 + length(values);
    }

    /** Returns the cost of a search for all values, except for the pass and the states that it visits. */
    private long all(List<@Nullable Object> values) {
        boolean hasTime = !isNormal
                || values.stream().anyMatch(value -> value instanceof String text && TimestampText.of(text) != null);
        long positions = 2L * values.size() + 2;
        return 1 + (states(values) + positions) / Long.SIZE + (hasTime ? positions : 0);
    }

    /**
     * Returns the number of visited states. A text of n characters visits at most 1 + n (n + 1) / 2 states, and no
     * state twice, so with s states the most expensive elements are texts of about the square root of 2 s characters.
     */
    private static long visitsOfElements(List<@Nullable Object> values) {
        double states = states(values);
        return ELEMENTS_WITH_TEXT + (long) (RECORD * states / (Math.sqrt(2 * states) - 1 + CHARS_OF_MAP_WITH_TEXT));
    }

    /**
     * Adds a comparison. Strings and big numbers cost their lengths, but within elements at most the size of the
     * record.
     */
    private CostEstimate ordered(AttributePath path, List<@Nullable Object> values) {
        if (!isNormal && values.stream().anyMatch(CostEstimate::isStructure)) {
            return add(path, MOST_BITS, hash());
        }
        boolean isNumber = values.stream().anyMatch(Number.class::isInstance);
        return isNumber
                ? add(path, isElement ? 0 : MOST_BITS / Cost.BITS_PER_OPERATION, isElement ? 2L * RECORD : 0)
                : text(path, values, values.size());
    }

    /* Each text of the record is compared with so many of the values, and at most their lengths are. */
    private CostEstimate text(AttributePath path, List<@Nullable Object> values, int comparisons) {
        long compared = length(values) / Cost.CHARS_PER_OPERATION;
        long most = (long) comparisons * RECORD / Cost.CHARS_PER_OPERATION;
        return add(path, isElement ? 0 : Math.min(compared, most), isElement ? most : 0);
    }

    private static long length(List<@Nullable Object> values) {
        long length = 0;
        for (Object value : values) {
            length += value instanceof String text ? text.length() : 0;
        }
        return length;
    }

    private static boolean isStructure(@Nullable Object value) {
        return value instanceof List
                || value instanceof Map
                || value instanceof BigDecimal
                || value instanceof BigInteger;
    }

    @Override
    public CostEstimate nullCheck(Query.NullCheck node) {
        return add(node.attribute(), 0);
    }

    @Override
    public CostEstimate exists(Query.Exists node) {
        node.attributes().forEach(attribute -> add(attribute, 0));
        return this;
    }

    @Override
    public CostEstimate elemMatch(Query.ElemMatch node) {
        CostEstimate each = new CostEstimate(true, isNormal);
        node.filters().forEach(filter -> filter.accept(each));
        return add(node.attribute(), 1, ELEMENTS * (1 + each.fixed) + each.costliestPath());
    }

    @Override
    public CostEstimate and(Query.And node) {
        node.filters().forEach(filter -> filter.accept(this));
        return this;
    }

    @Override
    public CostEstimate or(Query.Or node) {
        node.filters().forEach(filter -> filter.accept(this));
        return this;
    }
}
