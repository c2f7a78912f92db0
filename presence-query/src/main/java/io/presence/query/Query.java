package io.presence.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a record, or an option of a list. The static methods create them and are named as in the Appwrite SDK.
 *
 * <pre>{@code
 * Query.equal("status", "online", "away");                // any of the values; so does a collection of them
 * Query.equal("metadata.point", List.of(List.of(1, 2)));  // a value that is itself a list: a list within the list
 * Query.equal("metadata.a\\.b", 1);                       // the key "a.b" within metadata
 * }</pre>
 *
 * <p>A missing attribute and a null one are the same. {@code isNull} and {@code notExists} hold for it, and every other
 * method is false, negated methods included. The specification is {@code docs/query-language.md}, and
 * {@link Interpreter} implements it.
 *
 * <p><b>Values</b> are {@code String}, {@code Boolean}, {@code Byte}, {@code Short}, {@code Integer}, {@code Long},
 * {@code BigInteger}, {@code Float}, {@code Double}, {@code BigDecimal}, {@link Instant}, null, and lists and
 * string-keyed maps of these. They are copied into types that JSON can represent: a {@code Float} or {@code Double}
 * becomes a {@code Double}; another integer becomes a {@code Long} if it fits, else a {@code BigInteger}; another
 * decimal becomes a {@code Double} if that is exact, else a {@code BigDecimal}; an {@code Instant} becomes its RFC 3339
 * text. Queries are equal if their nodes and these values are equal.
 *
 * <p><b>Cost.</b> Linear in the size of the arguments.
 * <p><b>Threads.</b> Immutable.
 * <p><b>Errors.</b> A node that exists is legal. A {@link QueryException} rejects a malformed attribute, the wrong
 * number of values, NaN and infinities, objects of other classes, and lists or maps nested more than 16 deep. A null
 * attribute or query is a {@code NullPointerException}.
 */
public sealed interface Query permits Query.Filter, ListQuery.Option {

    /* This file is longer than 300 lines because its static methods are the one entry point to the language. */

    /** Returns the method of this query. */
    Method method();

    /** A query that holds for a record or does not hold. */
    sealed interface Filter extends Query {
        /** Calls the method of the visitor for this kind of node, and returns its result. */
        <R extends @Nullable Object> R accept(FilterVisitor<R> visitor);
    }

    /**
     * A function of a filter with a method for each kind of node.
     *
     * @param <R> the type of the result
     */
    interface FilterVisitor<R extends @Nullable Object> {
        /** Visits a comparison of an attribute with values. */
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
     * A comparison of an attribute with values.
     *
     * @param method a method of kind {@code COMPARISON}
     * @param attribute the attribute that is compared
     * @param values as many values as the method takes, each as {@link Query} describes
     */
    record Comparison(Method method, AttributePath attribute, List<@Nullable Object> values) implements Filter {
        /**
         * Copies the values.
         *
         * @param method a method of kind {@code COMPARISON}
         * @param attribute the attribute that is compared
         * @param values as many values as the method takes
         */
        public Comparison(Method method, AttributePath attribute, List<@Nullable Object> values) {
            /* Not a compact constructor: there javac loses the annotation of the elements. */
            Checks.kind(method, Method.Kind.COMPARISON);
            this.method = method;
            this.attribute = Checks.notNull("attribute", attribute);
            this.values = Operands.copy(Checks.notNull("values", values));
            Checks.count(method, this.values.size());
        }

        @Override
        public <R extends @Nullable Object> R accept(FilterVisitor<R> visitor) {
            return visitor.comparison(this);
        }
    }

    /**
     * A test whether an attribute is null.
     *
     * @param method {@code IS_NULL} or {@code IS_NOT_NULL}
     * @param attribute the attribute that is tested
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
     * A test whether any of several attributes is not null.
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
     * A test whether an attribute is a list with an element for which all filters hold. The element must be a map.
     *
     * @param attribute the attribute that holds the list
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
     * A conjunction: it holds if all filters hold. Without filters it holds for every record; see
     * {@link #everything()}.
     *
     * @param filters the filters, in the given order
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
     * A disjunction: it holds if at least one filter holds. Without filters it holds for no record; see
     * {@link #nothing()}.
     *
     * @param filters the filters, in the given order
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

    /**
     * Holds if the attribute equals any value. A single collection stands for its elements; an empty one never holds.
     */
    static Filter equal(String attribute, @Nullable Object... values) {
        return comparison(Method.EQUAL, attribute, values);
    }

    /** Holds if the attribute is not null and equals none of the values. A single collection may be empty. */
    static Filter notEqual(String attribute, @Nullable Object... values) {
        return comparison(Method.NOT_EQUAL, attribute, values);
    }

    /** Holds if the attribute is a number, string or timestamp less than the value, which is of the same type. */
    static Filter lessThan(String attribute, @Nullable Object value) {
        return comparison(Method.LESS_THAN, attribute, listOf(value));
    }

    /** Holds if the attribute is a number, string or timestamp less than or equal to the value. */
    static Filter lessThanEqual(String attribute, @Nullable Object value) {
        return comparison(Method.LESS_THAN_EQUAL, attribute, listOf(value));
    }

    /** Holds if the attribute is a number, string or timestamp greater than the value. */
    static Filter greaterThan(String attribute, @Nullable Object value) {
        return comparison(Method.GREATER_THAN, attribute, listOf(value));
    }

    /** Holds if the attribute is a number, string or timestamp greater than or equal to the value. */
    static Filter greaterThanEqual(String attribute, @Nullable Object value) {
        return comparison(Method.GREATER_THAN_EQUAL, attribute, listOf(value));
    }

    /** Holds if the attribute is between {@code low} and {@code high}, both included; never if low is above high. */
    static Filter between(String attribute, @Nullable Object low, @Nullable Object high) {
        return comparison(Method.BETWEEN, attribute, low, high);
    }

    /** Holds if the attribute is not null and not between {@code low} and {@code high}. */
    static Filter notBetween(String attribute, @Nullable Object low, @Nullable Object high) {
        return comparison(Method.NOT_BETWEEN, attribute, low, high);
    }

    /** Holds if the attribute is missing or null. */
    static Filter isNull(String attribute) {
        return new NullCheck(Method.IS_NULL, Checks.attribute(attribute));
    }

    /** Holds if the attribute is neither missing nor null. */
    static Filter isNotNull(String attribute) {
        return new NullCheck(Method.IS_NOT_NULL, Checks.attribute(attribute));
    }

    /** Holds if the attribute is a string that begins with the prefix. */
    static Filter startsWith(String attribute, String prefix) {
        return comparison(Method.STARTS_WITH, attribute, prefix);
    }

    /** Holds if the attribute is not null and not a string that begins with the prefix. */
    static Filter notStartsWith(String attribute, String prefix) {
        return comparison(Method.NOT_STARTS_WITH, attribute, prefix);
    }

    /** Holds if the attribute is a string that ends with the suffix. */
    static Filter endsWith(String attribute, String suffix) {
        return comparison(Method.ENDS_WITH, attribute, suffix);
    }

    /** Holds if the attribute is not null and not a string that ends with the suffix. */
    static Filter notEndsWith(String attribute, String suffix) {
        return comparison(Method.NOT_ENDS_WITH, attribute, suffix);
    }

    /**
     * Holds if the attribute is a list with an element equal to any value, or a string with any value as a substring.
     */
    static Filter contains(String attribute, @Nullable Object... values) {
        return comparison(Method.CONTAINS, attribute, values);
    }

    /** Holds if the attribute is not null and {@link #contains} does not hold. */
    static Filter notContains(String attribute, @Nullable Object... values) {
        return comparison(Method.NOT_CONTAINS, attribute, values);
    }

    /** Holds if {@link #contains} holds. */
    static Filter containsAny(String attribute, @Nullable Object... values) {
        return comparison(Method.CONTAINS_ANY, attribute, values);
    }

    /** Holds if {@link #contains} holds for each of the values separately. */
    static Filter containsAll(String attribute, @Nullable Object... values) {
        return comparison(Method.CONTAINS_ALL, attribute, values);
    }

    /** Holds if at least one of the attributes is not null. */
    static Filter exists(String... attributes) {
        return exists(Checks.all("attributes", attributes));
    }

    /** Holds if at least one of the attributes is not null. */
    static Filter exists(List<String> attributes) {
        return new Exists(
                Method.EXISTS, Checks.map("$.values", Checks.all("attributes", attributes), AttributePath::parse));
    }

    /** Holds if all of the attributes are missing or null. */
    static Filter notExists(String... attributes) {
        return notExists(Checks.all("attributes", attributes));
    }

    /** Holds if all of the attributes are missing or null. */
    static Filter notExists(List<String> attributes) {
        return new Exists(
                Method.NOT_EXISTS, Checks.map("$.values", Checks.all("attributes", attributes), AttributePath::parse));
    }

    /**
     * Holds if the attribute is a list with a map for which all filters hold. The attributes of the filters are its
     * keys.
     */
    static Filter elemMatch(String attribute, Query... filters) {
        return elemMatch(attribute, Checks.all("filters", filters));
    }

    /**
     * Holds if the attribute is a list with a map for which all filters hold. The attributes of the filters are its
     * keys.
     */
    static Filter elemMatch(String attribute, List<? extends Query> filters) {
        return new ElemMatch(
                Checks.attribute(attribute), Checks.map("$.values", Checks.all("filters", filters), Checks::filter));
    }

    /** Holds if all filters hold. At least one is required; {@link #everything()} is the filter for every record. */
    static Filter and(Query... filters) {
        return and(Checks.all("filters", filters));
    }

    /** Holds if all filters hold. At least one is required; {@link #everything()} is the filter for every record. */
    static Filter and(List<? extends Query> filters) {
        Checks.count(Method.AND, Checks.notNull("filters", filters).size());
        return new And(Checks.map("$.values", Checks.all("filters", filters), Checks::filter));
    }

    /** Holds if at least one filter holds. At least one is required; {@link #nothing()} is the filter for no record. */
    static Filter or(Query... filters) {
        return or(Checks.all("filters", filters));
    }

    /** Holds if at least one filter holds. At least one is required; {@link #nothing()} is the filter for no record. */
    static Filter or(List<? extends Query> filters) {
        Checks.count(Method.OR, Checks.notNull("filters", filters).size());
        return new Or(Checks.map("$.values", Checks.all("filters", filters), Checks::filter));
    }

    /** Holds for every record. It is the filter of a list or a subscription without filters. */
    static Filter everything() {
        return new And(List.of());
    }

    /** Holds for no record. */
    static Filter nothing() {
        return new Or(List.of());
    }

    /** Holds if {@code $createdAt} is before the instant. */
    static Filter createdBefore(Instant instant) {
        return lessThan("$createdAt", Checks.notNull("instant", instant));
    }

    /** Holds if {@code $createdAt} is after the instant. */
    static Filter createdAfter(Instant instant) {
        return greaterThan("$createdAt", Checks.notNull("instant", instant));
    }

    /** Holds if {@code $createdAt} is between {@code start} and {@code end}, both included. */
    static Filter createdBetween(Instant start, Instant end) {
        return between("$createdAt", Checks.notNull("start", start), Checks.notNull("end", end));
    }

    /** Holds if {@code $updatedAt} is before the instant. */
    static Filter updatedBefore(Instant instant) {
        return lessThan("$updatedAt", Checks.notNull("instant", instant));
    }

    /** Holds if {@code $updatedAt} is after the instant. */
    static Filter updatedAfter(Instant instant) {
        return greaterThan("$updatedAt", Checks.notNull("instant", instant));
    }

    /** Holds if {@code $updatedAt} is between {@code start} and {@code end}, both included. */
    static Filter updatedBetween(Instant start, Instant end) {
        return between("$updatedAt", Checks.notNull("start", start), Checks.notNull("end", end));
    }

    /** Returns only the given attributes; {@code *} stands for all of them. */
    static ListQuery.Option select(String... attributes) {
        return new ListQuery.Select(Checks.all("attributes", attributes));
    }

    /** Returns only the given attributes; {@code *} stands for all of them. */
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

    /** Returns the records after the one with this id, or after the position of a cursor from a page. */
    static ListQuery.Option cursorAfter(String id) {
        return new ListQuery.Cursor(Method.CURSOR_AFTER, id);
    }

    /** Returns the records before the one with this id, or before the position of a cursor from a page. */
    static ListQuery.Option cursorBefore(String id) {
        return new ListQuery.Cursor(Method.CURSOR_BEFORE, id);
    }

    /**
     * Returns the conjunction of filters, for a standing query such as a subscription's. Without filters it is
     * {@link #everything()}. A {@code select} with {@code *} has no effect.
     *
     * <p><b>Cost.</b> Linear in the size of the queries, which must be within {@link QueryLimits#DEFAULT}.
     *
     * @throws QueryException {@code NOT_ALLOWED} if there is any other list option; {@code LIMIT_EXCEEDED} if the
     *     queries are not within the limits
     */
    static Filter allOf(List<? extends Query> queries) {
        return allOf(queries, QueryLimits.DEFAULT);
    }

    /**
     * Returns the conjunction of filters as {@link #allOf(List)} does, within other limits.
     *
     * @throws QueryException as {@link #allOf(List)}
     */
    static Filter allOf(List<? extends Query> queries, QueryLimits limits) {
        Checks.notNull("limits", limits).check(queries);
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
