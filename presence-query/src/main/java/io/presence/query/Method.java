package io.presence.query;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The method of a query, with its name in JSON. {@code docs/query-language.md} specifies the meaning of each method.
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
    /** Returns the records after the one with this id. */
    CURSOR_AFTER("cursorAfter", Kind.LIST_OPTION, 1, 1),
    /** Returns the records before the one with this id. */
    CURSOR_BEFORE("cursorBefore", Kind.LIST_OPTION, 1, 1);

    /** The kind of a query, by the kind of its values. */
    public enum Kind {
        /** An attribute and values: {@link Query.Comparison}. */
        COMPARISON,
        /** An attribute alone: {@link Query.NullCheck}. */
        NULL_CHECK,
        /** Names of attributes: {@link Query.Exists}. */
        EXISTENCE,
        /** Filters within a filter: {@link Query.And}, {@link Query.Or} and {@link Query.ElemMatch}. */
        NESTING,
        /** A {@link ListQuery.Option}, which is no filter. */
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
     * Returns the method with this name in JSON.
     *
     * @throws QueryException {@code UNKNOWN_METHOD} if there is none, as for {@code search} and {@code regex}
     */
    public static Method of(String wireName) {
        Checks.notNull("wireName", wireName);
        Method method = BY_WIRE_NAME.get(wireName);
        if (method == null) {
            throw new QueryException(QueryException.Code.UNKNOWN_METHOD, "$.method", "method is unknown", wireName);
        }
        return method;
    }

    /** Returns the name in JSON, such as {@code notStartsWith}. */
    public String wireName() {
        return wireName;
    }

    /** Returns the kind of a query with this method. */
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

    /** Returns the method that this one negates, or this one if it negates none. */
    public Method positive() {
        return positive;
    }

    /** Returns whether the values are searched for within strings. */
    boolean isSearch() {
        return positive == CONTAINS || positive == CONTAINS_ANY || positive == CONTAINS_ALL;
    }

    /** Returns the minimum number of values of a query with this method. */
    public int minValues() {
        return minValues;
    }

    /** Returns the maximum number of values of a query with this method, before any limit. */
    public int maxValues() {
        return maxValues;
    }
}
