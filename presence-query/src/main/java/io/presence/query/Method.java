package io.presence.query;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a query does, under the name it has on the wire. What each method means is specified in
 * {@code docs/query-language.md}.
 *
 * <p><b>Threads.</b> Immutable.
 */
public enum Method {
    /** Equal to any of the values; never if there are none. */
    EQUAL("equal", Kind.COMPARISON, 0, Method.MANY),
    /** Not null and equal to none of the values. */
    NOT_EQUAL("notEqual", EQUAL),
    /** Ordered before the value. */
    LESS_THAN("lessThan", Kind.COMPARISON, 1, 1),
    /** Ordered before the value, or equal to it. */
    LESS_THAN_EQUAL("lessThanEqual", Kind.COMPARISON, 1, 1),
    /** Ordered after the value. */
    GREATER_THAN("greaterThan", Kind.COMPARISON, 1, 1),
    /** Ordered after the value, or equal to it. */
    GREATER_THAN_EQUAL("greaterThanEqual", Kind.COMPARISON, 1, 1),
    /** At or after the first value and at or before the second. */
    BETWEEN("between", Kind.COMPARISON, 2, 2),
    /** Not null and not {@link #BETWEEN} the values. */
    NOT_BETWEEN("notBetween", BETWEEN),
    /** A string that begins with the value. */
    STARTS_WITH("startsWith", Kind.COMPARISON, 1, 1),
    /** Not null and not a string that begins with the value. */
    NOT_STARTS_WITH("notStartsWith", STARTS_WITH),
    /** A string that ends with the value. */
    ENDS_WITH("endsWith", Kind.COMPARISON, 1, 1),
    /** Not null and not a string that ends with the value. */
    NOT_ENDS_WITH("notEndsWith", ENDS_WITH),
    /** A list with an element equal to any value, or a string that has any value as a substring. */
    CONTAINS("contains", Kind.COMPARISON, 0, Method.MANY),
    /** Not null, and {@link #CONTAINS} holds for none of the values. */
    NOT_CONTAINS("notContains", CONTAINS),
    /** The same as {@link #CONTAINS}. */
    CONTAINS_ANY("containsAny", Kind.COMPARISON, 0, Method.MANY),
    /** {@link #CONTAINS} holds for each value. */
    CONTAINS_ALL("containsAll", Kind.COMPARISON, 1, Method.MANY),
    /** Missing or null. */
    IS_NULL("isNull", Kind.NULL_CHECK, 0, 0),
    /** Neither missing nor null. */
    IS_NOT_NULL("isNotNull", IS_NULL),
    /** At least one of the named attributes is not null. */
    EXISTS("exists", Kind.EXISTENCE, 1, Method.MANY),
    /** All of the named attributes are null. */
    NOT_EXISTS("notExists", EXISTS),
    /** A list with an element for which all of the filters hold. */
    ELEM_MATCH("elemMatch", Kind.NESTING, 1, Method.MANY),
    /** All of the filters hold. */
    AND("and", Kind.NESTING, 1, Method.MANY),
    /** At least one of the filters holds. */
    OR("or", Kind.NESTING, 1, Method.MANY),
    /** Names the attributes to return. */
    SELECT("select", Kind.LIST_OPTION, 1, Method.MANY),
    /** Sorts by an attribute, smallest first. */
    ORDER_ASC("orderAsc", Kind.LIST_OPTION, 0, 0),
    /** Sorts by an attribute, greatest first. */
    ORDER_DESC("orderDesc", Kind.LIST_OPTION, 0, 0),
    /** Returns at most this many records. */
    LIMIT("limit", Kind.LIST_OPTION, 1, 1),
    /** Skips this many records. */
    OFFSET("offset", Kind.LIST_OPTION, 1, 1),
    /** Returns what follows the record with this id. */
    CURSOR_AFTER("cursorAfter", Kind.LIST_OPTION, 1, 1),
    /** Returns what precedes the record with this id. */
    CURSOR_BEFORE("cursorBefore", Kind.LIST_OPTION, 1, 1);

    /** The shape of a query, by what its values are. */
    public enum Kind {
        /** An attribute against values: {@link Query.Comparison}. */
        COMPARISON,
        /** An attribute alone: {@link Query.NullCheck}. */
        NULL_CHECK,
        /** Names of attributes: {@link Query.Exists}. */
        EXISTENCE,
        /** Filters within a filter: {@link Query.And}, {@link Query.Or} and {@link Query.ElemMatch}. */
        NESTING,
        /** Not a filter but a {@link ListQuery.Option}. */
        LIST_OPTION
    }

    private static final int MANY = Integer.MAX_VALUE;
    private static final Map<String, Method> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Method::wireName, Function.identity()));

    private final String wireName;
    private final Kind kind;
    private final int minValues;
    private final int maxValues;
    private final Method positive;

    Method(String wireName, Kind kind, int minValues, int maxValues) {
        this.wireName = wireName;
        this.kind = kind;
        this.minValues = minValues;
        this.maxValues = maxValues;
        this.positive = this;
    }

    Method(String wireName, Method positive) {
        this.wireName = wireName;
        this.kind = positive.kind;
        this.minValues = positive.minValues;
        this.maxValues = positive.maxValues;
        this.positive = positive;
    }

    /**
     * Returns the method with this name on the wire.
     *
     * @throws QueryException {@code UNKNOWN_METHOD} when there is none, as for {@code search} and {@code regex}
     */
    public static Method of(String wireName) {
        Checks.notNull("wireName", wireName);
        Method method = BY_WIRE_NAME.get(wireName);
        if (method == null) {
            throw new QueryException(QueryException.Code.UNKNOWN_METHOD, "$.method", "method is unknown", wireName);
        }
        return method;
    }

    /** Returns the name on the wire, such as {@code notStartsWith}. */
    public String wireName() {
        return wireName;
    }

    /** Returns the shape of a query with this method. */
    public Kind kind() {
        return kind;
    }

    /** Returns whether a query with this method is a {@link Query.Filter}. */
    public boolean isFilter() {
        return kind != Kind.LIST_OPTION;
    }

    /** Returns whether this is the negation of another method, its {@link #positive()}. */
    public boolean isNegated() {
        return positive != this;
    }

    /** Returns the method that this one negates, or this one when it negates none. */
    public Method positive() {
        return positive;
    }

    /** Returns whether the values are looked for at every place of a string. */
    boolean isSearch() {
        return positive == CONTAINS || positive == CONTAINS_ANY || positive == CONTAINS_ALL;
    }

    /** Returns the smallest number of values that a query with this method takes. */
    public int minValues() {
        return minValues;
    }

    /** Returns the greatest number of values that a query with this method takes, before any limit. */
    public int maxValues() {
        return maxValues;
    }
}
