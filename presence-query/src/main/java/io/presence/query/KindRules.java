package io.presence.query;

import io.presence.query.QuerySchema.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules for comparisons with declared attributes. A method that does not apply to the kind and a text that is no
 * timestamp are rejected. A value of another type is legal, but no value of the attribute equals it or is ordered
 * against it.
 */
final class KindRules {

    private static final Set<Kind> ORDERED = EnumSet.of(Kind.NUMBER, Kind.STRING, Kind.TIMESTAMP);
    private static final Set<Kind> TEXTS = EnumSet.of(Kind.STRING);
    private static final Set<Kind> SEARCHED = EnumSet.of(Kind.STRING, Kind.LIST);
    private static final Set<Kind> LISTS = EnumSet.of(Kind.LIST);
    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    private KindRules() {}

    /**
     * Checks a comparison with an attribute of a kind.
     *
     * @throws QueryException {@code NOT_ALLOWED} for the method, {@code INVALID_VALUE} for a malformed timestamp
     */
    static void comparison(Query.Comparison node, Kind kind) {
        method(node.method(), node.attribute(), kind);
        if (kind == Kind.TIMESTAMP) {
            Checks.<@Nullable Object>each("$.values", node.values(), KindRules::timestamp);
        }
    }

    /** Checks a method that reads the content of an attribute. */
    static void method(Method method, AttributePath attribute, Kind kind) {
        Set<Kind> kinds = kinds(method.positive());
        if (kind != Kind.OBJECT && !kinds.contains(kind)) {
            String allowed = kinds.stream().map(KindRules::name).collect(Collectors.joining(", "));
            throw new QueryException(
                    QueryException.Code.NOT_ALLOWED,
                    "$.method",
                    method.wireName() + " must be on a " + allowed + ", and " + attribute.root() + " is a "
                            + name(kind),
                    attribute.toString());
        }
    }

    private static Set<Kind> kinds(Method method) {
        return switch (method) {
            case LESS_THAN, LESS_THAN_EQUAL, GREATER_THAN, GREATER_THAN_EQUAL, BETWEEN -> ORDERED;
            case STARTS_WITH, ENDS_WITH -> TEXTS;
            case CONTAINS, CONTAINS_ANY, CONTAINS_ALL -> SEARCHED;
            case ELEM_MATCH -> LISTS;
            default -> ALL;
        };
    }

    private static void timestamp(@Nullable Object value) {
        if (value instanceof String text && Values.timestamp(text) == null) {
            throw new QueryException(
                    QueryException.Code.INVALID_VALUE,
                    "$",
                    "value must be an RFC 3339 date-time such as 2026-01-01T00:00:00Z",
                    value);
        }
    }

    /**
     * Returns whether a comparison can hold for any value of a kind. A negation can, since it holds if the positive one
     * does not.
     */
    static boolean canHold(Query.Comparison node, Kind kind) {
        Method method = node.method();
        if (method.positive() != method) {
            return true;
        }
        return switch (method) {
            case BETWEEN, CONTAINS_ALL -> node.values().stream().allMatch(value -> fits(method, kind, value));
            default -> node.values().stream().anyMatch(value -> fits(method, kind, value));
        };
    }

    private static boolean fits(Method method, Kind kind, @Nullable Object value) {
        return switch (kind) {
            case STRING -> value instanceof String;
            case NUMBER -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case TIMESTAMP -> value instanceof String text && Values.timestamp(text) != null;
            case LIST -> value != null && (method != Method.EQUAL || value instanceof List);
            case OBJECT -> value != null;
        };
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
