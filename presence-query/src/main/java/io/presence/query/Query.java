package io.presence.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition on a record, or one option of a list. The static methods make them, named as in the Appwrite SDK.
 *
 * <pre>{@code
 * Query.equal("status", "online", "away");                // any of the values; so does a collection of them
 * Query.equal("metadata.point", List.of(List.of(1, 2)));  // a value that is itself a list: a list within the list
 * Query.equal("metadata.a\\.b", 1);                       // the key "a.b" within metadata
 * }</pre>
 *
 * <p>A missing attribute and one that is null are the same. {@code isNull} and {@code notExists} hold for it; every
 * other method is false for it, the negated ones too. The whole meaning is specified in
 * {@code docs/query-language.md} and {@link Interpreter} decides it.
 *
 * <p><b>Values</b> are {@code String}, {@code Boolean}, {@code Byte}, {@code Short}, {@code Integer}, {@code Long},
 * {@code BigInteger}, {@code Float}, {@code Double}, {@code BigDecimal}, {@link Instant}, null, and lists and
 * string-keyed maps of these. They are copied into what JSON can carry: a {@code Float} or {@code Double} is kept as a
 * {@code Double}; other whole numbers become {@code Long} where they fit, or {@code BigInteger}; other decimals
 * {@code Double} where that is exact, or {@code BigDecimal}; an {@code Instant} becomes its RFC 3339 text. Queries are
 * equal when their nodes and these values are.
 *
 * <p><b>Cost.</b> Linear in the size of the arguments.
 * <p><b>Threads.</b> Immutable.
 * <p><b>Errors.</b> A node that exists is legal. What is not is refused with a {@link QueryException}: a malformed
 * attribute, the wrong number of values, NaN and infinities, which JSON cannot carry, objects of other classes, and
 * lists or maps nested more than 16 deep. A null attribute or query is a {@code NullPointerException}.
 */
public sealed interface Query permits Query.Filter, ListQuery.Option {
    /* One file, though longer than others, since the door to the language is this one list of methods. */

    /** Returns what this query does. */
    Method method();

    /** A query that holds for a record or does not. */
    sealed interface Filter extends Query {
        /** Returns what the visitor makes of this node. */
        <R extends @Nullable Object> R accept(FilterVisitor<R> visitor);
    }

    /**
     * A function of the kind of filter. A new kind is a new method, so that no implementation can forget it.
     *
     * @param <R> the type of the result
     */
    interface FilterVisitor<R extends @Nullable Object> {
        /** Visits an attribute against values. */
        R comparison(Comparison node);

        /** Visits {@code isNull} and {@code isNotNull}. */
        R nullCheck(NullCheck node);

        /** Visits {@code exists} and {@code notExists}. */
        R exists(Exists node);

        /** Visits {@code elemMatch}. */
        R elemMatch(ElemMatch node);

        /** Visits {@code and}. */
        R and(And node);

        /** Visits {@code or}. */
        R or(Or node);
    }

    /**
     * An attribute against values.
     *
     * @param method a method of kind {@code COMPARISON}
     * @param attribute whose value is compared
     * @param values as many as the method takes, each as {@link Query} describes
     */
    record Comparison(Method method, AttributePath attribute, List<@Nullable Object> values) implements Filter {
        /** Copies the values. */
        public Comparison {
            Checks.kind(method, Method.Kind.COMPARISON);
            Checks.notNull("attribute", attribute);
            values = Operands.copy(Checks.notNull("values", values));
            Checks.count(method, values.size());
        }

        @Override
        public <R extends @Nullable Object> R accept(FilterVisitor<R> visitor) {
            return visitor.comparison(this);
        }
    }

    /**
     * Whether an attribute is null.
     *
     * @param method {@code IS_NULL} or {@code IS_NOT_NULL}
     * @param attribute whose value is looked at
     */
    record NullCheck(Method method, AttributePath attribute) implements Filter {
        /** Checks the method. */
        public NullCheck {
            Checks.kind(method, Method.Kind.NULL_CHECK);
            Checks.notNull("attribute", attribute);
        }

        @Override
        public <R extends @Nullable Object> R accept(FilterVisitor<R> visitor) {
            return visitor.nullCheck(this);
        }
    }

    /**
     * Whether any of some attributes is not null.
     *
     * @param method {@code EXISTS} or its negation {@code NOT_EXISTS}
     * @param attributes at least one
     */
    record Exists(Method method, List<AttributePath> attributes) implements Filter {
        /** Copies the attributes. */
        public Exists {
            Checks.kind(method, Method.Kind.EXISTENCE);
            attributes = List.copyOf(Checks.all("attributes", attributes));
            Checks.count(method, attributes.size());
        }

        @Override
        public <R extends @Nullable Object> R accept(FilterVisitor<R> visitor) {
            return visitor.exists(this);
        }
    }

    /**
     * Whether an attribute is a list with an element, a map, for which all filters hold.
     *
     * @param attribute whose value is the list
     * @param filters at least one; their attributes are keys of the element
     */
    record ElemMatch(AttributePath attribute, List<Filter> filters) implements Filter {
        /** Copies the filters. */
        public ElemMatch {
            Checks.notNull("attribute", attribute);
            filters = List.copyOf(Checks.all("filters", filters));
            Checks.count(Method.ELEM_MATCH, filters.size());
        }

        @Override
        public Method method() {
            return Method.ELEM_MATCH;
        }

        @Override
        public <R extends @Nullable Object> R accept(FilterVisitor<R> visitor) {
            return visitor.elemMatch(this);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return Trees.equal(this, other);
        }

        @Override
        public int hashCode() {
            return Trees.hash(this);
        }

        @Override
        public String toString() {
            return Trees.text(this);
        }
    }

    /**
     * Whether all filters hold. With none it holds for every record: see {@link #everything()}.
     *
     * @param filters in the order they were given
     */
    record And(List<Filter> filters) implements Filter {
        /** Copies the filters. */
        public And {
            filters = List.copyOf(Checks.all("filters", filters));
        }

        @Override
        public Method method() {
            return Method.AND;
        }

        @Override
        public <R extends @Nullable Object> R accept(FilterVisitor<R> visitor) {
            return visitor.and(this);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return Trees.equal(this, other);
        }

        @Override
        public int hashCode() {
            return Trees.hash(this);
        }

        @Override
        public String toString() {
            return Trees.text(this);
        }
    }

    /**
     * Whether at least one filter holds. With none it holds for no record: see {@link #nothing()}.
     *
     * @param filters in the order they were given
     */
    record Or(List<Filter> filters) implements Filter {
        /** Copies the filters. */
        public Or {
            filters = List.copyOf(Checks.all("filters", filters));
        }

        @Override
        public Method method() {
            return Method.OR;
        }

        @Override
        public <R extends @Nullable Object> R accept(FilterVisitor<R> visitor) {
            return visitor.or(this);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return Trees.equal(this, other);
        }

        @Override
        public int hashCode() {
            return Trees.hash(this);
        }

        @Override
        public String toString() {
            return Trees.text(this);
        }
    }

    /** Holds when the attribute is equal to any value. A single collection is the values; an empty one never holds. */
    static Filter equal(String attribute, @Nullable Object... values) {
        return comparison(Method.EQUAL, attribute, values);
    }

    /** Holds when the attribute is not null and equal to none of the values, of which a collection may have none. */
    static Filter notEqual(String attribute, @Nullable Object... values) {
        return comparison(Method.NOT_EQUAL, attribute, values);
    }

    /** Holds when the attribute is a number, string or timestamp less than the value, which is of the same type. */
    static Filter lessThan(String attribute, @Nullable Object value) {
        return comparison(Method.LESS_THAN, attribute, listOf(value));
    }

    /** Holds when the attribute is a number, string or timestamp less than the value or equal to it. */
    static Filter lessThanEqual(String attribute, @Nullable Object value) {
        return comparison(Method.LESS_THAN_EQUAL, attribute, listOf(value));
    }

    /** Holds when the attribute is a number, string or timestamp greater than the value. */
    static Filter greaterThan(String attribute, @Nullable Object value) {
        return comparison(Method.GREATER_THAN, attribute, listOf(value));
    }

    /** Holds when the attribute is a number, string or timestamp greater than the value or equal to it. */
    static Filter greaterThanEqual(String attribute, @Nullable Object value) {
        return comparison(Method.GREATER_THAN_EQUAL, attribute, listOf(value));
    }

    /** Holds when the attribute is from {@code low} to {@code high}, both included; never when low is above high. */
    static Filter between(String attribute, @Nullable Object low, @Nullable Object high) {
        return comparison(Method.BETWEEN, attribute, low, high);
    }

    /** Holds when the attribute is not null and not from {@code low} to {@code high}. */
    static Filter notBetween(String attribute, @Nullable Object low, @Nullable Object high) {
        return comparison(Method.NOT_BETWEEN, attribute, low, high);
    }

    /** Holds when the attribute is missing or null. */
    static Filter isNull(String attribute) {
        return new NullCheck(Method.IS_NULL, Checks.attribute(attribute));
    }

    /** Holds when the attribute is neither missing nor null. */
    static Filter isNotNull(String attribute) {
        return new NullCheck(Method.IS_NOT_NULL, Checks.attribute(attribute));
    }

    /** Holds when the attribute is a string that begins with the prefix. */
    static Filter startsWith(String attribute, String prefix) {
        return comparison(Method.STARTS_WITH, attribute, prefix);
    }

    /** Holds when the attribute is not null and not a string that begins with the prefix. */
    static Filter notStartsWith(String attribute, String prefix) {
        return comparison(Method.NOT_STARTS_WITH, attribute, prefix);
    }

    /** Holds when the attribute is a string that ends with the suffix. */
    static Filter endsWith(String attribute, String suffix) {
        return comparison(Method.ENDS_WITH, attribute, suffix);
    }

    /** Holds when the attribute is not null and not a string that ends with the suffix. */
    static Filter notEndsWith(String attribute, String suffix) {
        return comparison(Method.NOT_ENDS_WITH, attribute, suffix);
    }

    /** Holds when the attribute is a list with an element equal to any value, or a string with any as a substring. */
    static Filter contains(String attribute, @Nullable Object... values) {
        return comparison(Method.CONTAINS, attribute, values);
    }

    /** Holds when the attribute is not null and {@link #contains} does not hold. */
    static Filter notContains(String attribute, @Nullable Object... values) {
        return comparison(Method.NOT_CONTAINS, attribute, values);
    }

    /** Holds when {@link #contains} holds. */
    static Filter containsAny(String attribute, @Nullable Object... values) {
        return comparison(Method.CONTAINS_ANY, attribute, values);
    }

    /** Holds when {@link #contains} holds for each of the values alone. */
    static Filter containsAll(String attribute, @Nullable Object... values) {
        return comparison(Method.CONTAINS_ALL, attribute, values);
    }

    /** Holds when at least one of the attributes is not null. */
    static Filter exists(String... attributes) {
        return exists(Checks.all("attributes", attributes));
    }

    /** Holds when at least one of the attributes is not null. */
    static Filter exists(List<String> attributes) {
        return new Exists(
                Method.EXISTS, Checks.map("$.values", Checks.all("attributes", attributes), AttributePath::parse));
    }

    /** Holds when all of the attributes are missing or null. */
    static Filter notExists(String... attributes) {
        return notExists(Checks.all("attributes", attributes));
    }

    /** Holds when all of the attributes are missing or null. */
    static Filter notExists(List<String> attributes) {
        return new Exists(
                Method.NOT_EXISTS, Checks.map("$.values", Checks.all("attributes", attributes), AttributePath::parse));
    }

    /** Holds when the attribute is a list with a map in it for which all filters hold, their attributes being keys. */
    static Filter elemMatch(String attribute, Query... filters) {
        return elemMatch(attribute, Checks.all("filters", filters));
    }

    /** Holds when the attribute is a list with a map in it for which all filters hold, their attributes being keys. */
    static Filter elemMatch(String attribute, List<? extends Query> filters) {
        return new ElemMatch(
                Checks.attribute(attribute), Checks.map("$.values", Checks.all("filters", filters), Checks::filter));
    }

    /** Holds when all filters hold. None at all is refused: a filter for every record is {@link #everything()}. */
    static Filter and(Query... filters) {
        return and(Checks.all("filters", filters));
    }

    /** Holds when all filters hold. None at all is refused: a filter for every record is {@link #everything()}. */
    static Filter and(List<? extends Query> filters) {
        Checks.count(Method.AND, Checks.notNull("filters", filters).size());
        return new And(Checks.map("$.values", Checks.all("filters", filters), Checks::filter));
    }

    /** Holds when at least one filter holds. None at all is refused: a filter for no record is {@link #nothing()}. */
    static Filter or(Query... filters) {
        return or(Checks.all("filters", filters));
    }

    /** Holds when at least one filter holds. None at all is refused: a filter for no record is {@link #nothing()}. */
    static Filter or(List<? extends Query> filters) {
        Checks.count(Method.OR, Checks.notNull("filters", filters).size());
        return new Or(Checks.map("$.values", Checks.all("filters", filters), Checks::filter));
    }

    /** Holds for every record: what a list or a subscription without filters means. */
    static Filter everything() {
        return new And(List.of());
    }

    /** Holds for no record. */
    static Filter nothing() {
        return new Or(List.of());
    }

    /** Holds when {@code $createdAt} is before the instant. */
    static Filter createdBefore(Instant instant) {
        return lessThan("$createdAt", Checks.notNull("instant", instant));
    }

    /** Holds when {@code $createdAt} is after the instant. */
    static Filter createdAfter(Instant instant) {
        return greaterThan("$createdAt", Checks.notNull("instant", instant));
    }

    /** Holds when {@code $createdAt} is from {@code start} to {@code end}, both included. */
    static Filter createdBetween(Instant start, Instant end) {
        return between("$createdAt", Checks.notNull("start", start), Checks.notNull("end", end));
    }

    /** Holds when {@code $updatedAt} is before the instant. */
    static Filter updatedBefore(Instant instant) {
        return lessThan("$updatedAt", Checks.notNull("instant", instant));
    }

    /** Holds when {@code $updatedAt} is after the instant. */
    static Filter updatedAfter(Instant instant) {
        return greaterThan("$updatedAt", Checks.notNull("instant", instant));
    }

    /** Holds when {@code $updatedAt} is from {@code start} to {@code end}, both included. */
    static Filter updatedBetween(Instant start, Instant end) {
        return between("$updatedAt", Checks.notNull("start", start), Checks.notNull("end", end));
    }

    /** Returns only these attributes; {@code *} is all of them. */
    static ListQuery.Option select(String... attributes) {
        return new ListQuery.Select(Checks.all("attributes", attributes));
    }

    /** Returns only these attributes; {@code *} is all of them. */
    static ListQuery.Option select(List<String> attributes) {
        return new ListQuery.Select(attributes);
    }

    /** Sorts by the attribute, smallest first, nulls last. */
    static ListQuery.Option orderAsc(String attribute) {
        return new ListQuery.Order(Method.ORDER_ASC, Checks.attribute(attribute));
    }

    /** Sorts by the attribute, greatest first, nulls last. */
    static ListQuery.Option orderDesc(String attribute) {
        return new ListQuery.Order(Method.ORDER_DESC, Checks.attribute(attribute));
    }

    /** Returns at most {@code count} records, 1 to 5000. */
    static ListQuery.Option limit(int count) {
        return new ListQuery.Limit(count);
    }

    /** Skips {@code count} records. */
    static ListQuery.Option offset(int count) {
        return new ListQuery.Offset(count);
    }

    /** Returns what follows the record with this id, or the position of a cursor that came with a page. */
    static ListQuery.Option cursorAfter(String id) {
        return new ListQuery.Cursor(Method.CURSOR_AFTER, id);
    }

    /** Returns what precedes the record with this id, or the position of a cursor that came with a page. */
    static ListQuery.Option cursorBefore(String id) {
        return new ListQuery.Cursor(Method.CURSOR_BEFORE, id);
    }

    /**
     * Returns the one filter of a standing query, such as a subscription's: all filters hold, and without any it is
     * {@link #everything()}. A {@code select} with {@code *} means everything and changes nothing.
     *
     * <p><b>Cost.</b> Linear in the size of the queries, which must be within {@link QueryLimits#DEFAULT}.
     *
     * @throws QueryException {@code NOT_ALLOWED} when there is any other list option, which it names;
     *     {@code LIMIT_EXCEEDED} when the queries are not within the limits
     */
    static Filter allOf(List<? extends Query> queries) {
        return allOf(queries, QueryLimits.DEFAULT);
    }

    /**
     * Returns the one filter of a standing query, as {@link #allOf(List)} does, within other limits.
     *
     * @throws QueryException as {@link #allOf(List)}
     */
    static Filter allOf(List<? extends Query> queries, QueryLimits limits) {
        limits.check(queries);
        List<Filter> filters = new ArrayList<>();
        Checks.each("$", queries, query -> filters.addAll(Checks.filters(query)));
        return Checks.all(filters);
    }

    private static Filter comparison(Method method, String attribute, @Nullable Object... values) {
        AttributePath path = Checks.attribute(attribute);
        Checks.given(method, values);
        return new Comparison(method, path, Operands.ofVarargs(values));
    }

    private static List<@Nullable Object> listOf(@Nullable Object value) {
        return Collections.singletonList(value);
    }
}
