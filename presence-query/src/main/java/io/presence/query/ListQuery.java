package io.presence.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queries of a list call, by kind: the records to return, their order, and the page.
 *
 * <p><b>Cost.</b> Linear in the size of the queries.
 * <p><b>Threads.</b> Immutable.
 * <p><b>Errors.</b> A second limit, offset, cursor or select is rejected, and so are queries that exceed the limits.
 *
 * @param filter the filter of the records; {@link Query#everything()} if no filter was given
 * @param orders the sort keys, the most significant first; may be empty
 * @param limit the maximum number of records, 1 to {@value Limit#MAX}
 * @param offset the number of records to skip first
 * @param cursor the record or position that the page begins after or ends before, or null
 * @param select the attributes to return; empty for all of them
 */
public record ListQuery(
        Query.Filter filter,
        List<Order> orders,
        int limit,
        int offset,
        @Nullable Cursor cursor,
        List<String> select) {

    /** The limit if none is given. */
    public static final int DEFAULT_LIMIT = 25;

    /** A query that says which part of a list to return, and in which form. */
    public sealed interface Option extends Query {}

    /**
     * A sort key. Nulls come last in both directions.
     *
     * @param method {@code ORDER_ASC} or {@code ORDER_DESC}
     * @param attribute the attribute to sort by
     */
    public record Order(Method method, AttributePath attribute) implements Option {
        /** Checks the method. */
        public Order {
            Checks.oneOf(method, Method.ORDER_ASC, Method.ORDER_DESC);
            Checks.notNull("attribute", attribute);
        }

        /** Returns whether the greatest value comes first. */
        public boolean isDescending() {
            return method == Method.ORDER_DESC;
        }
    }

    /**
     * The maximum number of records to return.
     *
     * @param count 1 to {@value #MAX}
     */
    public record Limit(int count) implements Option {
        /** The maximum number of records in one page. */
        public static final int MAX = 5000;

        /** Checks the count. */
        public Limit {
            Checks.limit(count);
        }

        @Override
        public Method method() {
            return Method.LIMIT;
        }
    }

    /**
     * The number of records to skip.
     *
     * @param count not negative
     */
    public record Offset(int count) implements Option {
        /** Checks the count. */
        public Offset {
            Checks.offset(count);
        }

        @Override
        public Method method() {
            return Method.OFFSET;
        }
    }

    /**
     * The record or position that a page begins after or ends before.
     *
     * @param method {@code CURSOR_AFTER} or {@code CURSOR_BEFORE}
     * @param id the id of a record, or the cursor of a page, of 1 to {@value #MAX_LENGTH} characters
     */
    public record Cursor(Method method, String id) implements Option {
        /** The maximum number of characters of an id or a cursor. */
        public static final int MAX_LENGTH = 12_000;

        /** Checks the method and the length of the id. */
        public Cursor {
            Checks.oneOf(method, Method.CURSOR_AFTER, Method.CURSOR_BEFORE);
            Checks.cursor(method, id);
        }

        /** Returns whether the page ends before the record. Otherwise it begins after the record. */
        public boolean isBefore() {
            return method == Method.CURSOR_BEFORE;
        }
    }

    /**
     * The attributes to return.
     *
     * @param attributes at least one, each {@code *} or the text of an {@link AttributePath}
     */
    public record Select(List<String> attributes) implements Option {
        /** The text that stands for all attributes. */
        public static final String EVERYTHING = "*";

        /** Copies the attributes. */
        public Select {
            attributes = List.copyOf(Checks.all("attributes", attributes));
            Checks.count(Method.SELECT, attributes.size());
            Checks.each("$.values", attributes, Checks::selected);
        }

        @Override
        public Method method() {
            return Method.SELECT;
        }

        /** Returns whether {@code *} is among the attributes. */
        public boolean isEverything() {
            return attributes.contains(EVERYTHING);
        }
    }

    /**
     * Checks the limit, the offset and the selected attributes, and copies the lists.
     *
     * @throws QueryException {@code INVALID_VALUE} if the limit or the offset is out of bounds,
     *     {@code INVALID_ATTRIBUTE} if a selected attribute is malformed
     */
    public ListQuery {
        Checks.notNull("filter", filter);
        orders = List.copyOf(Checks.all("orders", orders));
        Checks.limit(limit);
        Checks.offset(offset);
        select = List.copyOf(Checks.all("select", select));
        Checks.each("$.select", select, AttributePath::parse);
    }

    /**
     * Creates a list query from options and from filters that must all hold, in any order.
     *
     * @throws QueryException as {@link #of(List, QueryLimits)}
     */
    public static ListQuery of(Query... queries) {
        return of(Checks.all("queries", queries));
    }

    /**
     * Creates a list query from options and from filters that must all hold, in any order.
     *
     * @throws QueryException as {@link #of(List, QueryLimits)}
     */
    public static ListQuery of(List<? extends Query> queries) {
        return of(queries, QueryLimits.DEFAULT);
    }

    /**
     * Creates a list query within other limits than the default ones.
     *
     * @throws QueryException {@code CONFLICT} if there is a second limit, offset, cursor or select;
     *     {@code LIMIT_EXCEEDED} if the queries are not within the limits
     */
    public static ListQuery of(List<? extends Query> queries, QueryLimits limits) {
        Checks.notNull("limits", limits).check(queries);
        Parts parts = new Parts();
        Checks.each("$", queries, parts::add);
        return parts.build();
    }

    private static final class Parts {
        private final List<Query.Filter> filters = new ArrayList<>();
        private final List<Order> orders = new ArrayList<>();
        private @Nullable Limit limit;
        private @Nullable Offset offset;
        private @Nullable Cursor cursor;
        private @Nullable Select select;

        private void add(Query query) {
            if (query instanceof Query.Filter filter) {
                filters.add(filter);
            } else if (query instanceof Order order) {
                orders.add(order);
            } else if (query instanceof Limit given) {
                limit = once(limit, given);
            } else if (query instanceof Offset given) {
                offset = once(offset, given);
            } else if (query instanceof Cursor given) {
                cursor = once(cursor, given);
            } else if (query instanceof Select given) {
                select = once(select, given);
            } else {
                throw new AssertionError(query.method());
            }
        }

        private static <Q extends Query> Q once(@Nullable Q earlier, Q given) {
            if (earlier != null) {
                throw new QueryException(
                        QueryException.Code.CONFLICT,
                        "$",
                        given.method().wireName() + " must not be given beside",
                        earlier.method().wireName());
            }
            return given;
        }

        private ListQuery build() {
            return new ListQuery(
                    Checks.all(filters),
                    orders,
                    limit == null ? DEFAULT_LIMIT : limit.count(),
                    offset == null ? 0 : offset.count(),
                    cursor,
                    select == null || select.isEverything() ? List.of() : select.attributes());
        }
    }
}
