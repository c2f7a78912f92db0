package io.presence.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Equality, hash code and text of groups of filters, of any depth and without recursion, and the maximum depth for
 * recursive code.
 *
 * <p><b>Cost.</b> Linear in the size of the filter.
 * <p><b>Threads.</b> Stateless.
 */
final class Trees {

    /** The maximum nesting of a filter that is compiled, indexed, evaluated or written; equal to that of JSON. */
    static final int MAX_DEPTH = 200;

    private static final int PRIME = 31;

    private Trees() {}

    /**
     * Returns a filter that is nested at most {@link #MAX_DEPTH} deep.
     *
     * @throws QueryException {@code LIMIT_EXCEEDED} if it is nested deeper
     */
    static Query.Filter shallow(String parameter, Query.@Nullable Filter filter) {
        Query.Filter root = Checks.notNull(parameter, filter);
        List<Query.Filter> level = isGroup(root) ? List.of(root) : List.of();
        for (int depth = 1; !level.isEmpty(); depth++) {
            if (depth > MAX_DEPTH) {
                throw new QueryException(
                        QueryException.Code.LIMIT_EXCEEDED, "$", "depth must be at most " + MAX_DEPTH, depth);
            }
            level = nested(level);
        }
        return root;
    }

    /** Returns the groups within groups. */
    private static List<Query.Filter> nested(List<Query.Filter> groups) {
        List<Query.Filter> nested = new ArrayList<>();
        for (Query.Filter group : groups) {
            for (Query.Filter child : children(group)) {
                if (isGroup(child)) {
                    nested.add(child);
                }
            }
        }
        return nested;
    }

    private static boolean isGroup(Query.Filter filter) {
        return filter instanceof Query.And || filter instanceof Query.Or || filter instanceof Query.ElemMatch;
    }

    private static List<Query.Filter> children(Query.Filter filter) {
        if (filter instanceof Query.And all) {
            return all.filters();
        }
        if (filter instanceof Query.Or any) {
            return any.filters();
        }
        return filter instanceof Query.ElemMatch elements ? elements.filters() : List.of();
    }

    private static @Nullable AttributePath attribute(Query.Filter group) {
        return group instanceof Query.ElemMatch elements ? elements.attribute() : null;
    }

    /** Returns whether a group equals another object: they have the same kind, attribute and filters in order. */
    static boolean equal(Query.Filter group, @Nullable Object other) {
        if (group == other) {
            return true;
        }
        if (!(other instanceof Query.Filter filter) || !alike(group, filter)) {
            return false;
        }
        Deque<Query.Filter> pairs = new ArrayDeque<>();
        pushPairs(pairs, group, filter);
        while (!pairs.isEmpty()) {
            Query.Filter second = pairs.pop();
            Query.Filter first = pairs.pop();
            if (first != second) {
                if (!alike(first, second)) {
                    return false;
                }
                pushPairs(pairs, first, second);
            }
        }
        return true;
    }

    private static void pushPairs(Deque<Query.Filter> pairs, Query.Filter first, Query.Filter second) {
        Iterator<Query.Filter> others = children(second).iterator();
        for (Query.Filter child : children(first)) {
            pairs.push(child);
            pairs.push(others.next());
        }
    }

    /** Returns whether two leaves are equal, or two groups without their filters. */
    private static boolean alike(Query.Filter first, Query.Filter second) {
        if (!isGroup(first)) {
            return first.equals(second);
        }
        AttributePath attribute = attribute(first);
        return first.getClass() == second.getClass()
                && children(first).size() == children(second).size()
                && (attribute == null || attribute.equals(attribute(second)));
    }

    /** Returns the hash code of a group from the kinds, attributes, sizes and leaves, in order. */
    static int hash(Query.Filter group) {
        Deque<Query.Filter> rest = new ArrayDeque<>();
        rest.push(group);
        int hash = 1;
        while (!rest.isEmpty()) {
            Query.Filter filter = rest.pop();
            hash = PRIME * hash + (isGroup(filter) ? hashOfGroup(filter) : filter.hashCode());
            children(filter).forEach(rest::push);
        }
        return hash;
    }

    /* The hash code of an enum constant differs between runs, so the name is used. */
    private static int hashOfGroup(Query.Filter group) {
        AttributePath attribute = attribute(group);
        int own = PRIME * group.method().wireName().hashCode() + children(group).size();
        return attribute == null ? own : PRIME * own + attribute.hashCode();
    }

    /** Returns the text of a group in the form of records. */
    static String text(Query.Filter group) {
        StringBuilder text = new StringBuilder();
        Deque<Object> rest = new ArrayDeque<>();
        rest.push(group);
        while (!rest.isEmpty()) {
            Object next = rest.pop();
            if (next instanceof Query.Filter filter && isGroup(filter)) {
                text.append(opening(filter));
                rest.push("]]");
                pushList(rest, children(filter));
            } else {
                text.append(next);
            }
        }
        return text.toString();
    }

    private static String opening(Query.Filter group) {
        AttributePath attribute = attribute(group);
        String name = group.getClass().getSimpleName();
        return attribute == null ? name + "[filters=[" : name + "[attribute=" + attribute + ", filters=[";
    }

    private static void pushList(Deque<Object> rest, List<Query.Filter> filters) {
        for (int i = filters.size() - 1; i >= 0; i--) {
            rest.push(filters.get(i));
            if (i > 0) {
                rest.push(", ");
            }
        }
    }
}
