package io.presence.query;

import io.presence.query.QuerySchema.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refuses comparisons that no value of a declared attribute could ever decide: by their method, or by a value. */
final class KindRules {
    private static final Set<Kind> ORDERED = EnumSet.of(Kind.NUMBER, Kind.STRING, Kind.TIMESTAMP);
    private static final Set<Kind> TEXTS = EnumSet.of(Kind.STRING);
    private static final Set<Kind> SEARCHED = EnumSet.of(Kind.STRING, Kind.LIST);
    private static final Set<Kind> LISTS = EnumSet.of(Kind.LIST);
    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    private KindRules() {}

    /**
     * Checks a comparison with an attribute that holds values of one kind.
     *
     * @throws QueryException {@code NOT_ALLOWED} for the method, {@code INVALID_VALUE} for a value
     */
    static void comparison(Query.Comparison node, Kind kind) {
        method(node.method(), node.attribute(), kind);
        Checks.<@Nullable Object>each(
                "$.values", node.values(), value -> value(node.method().positive(), kind, value));
    }

    /** Checks a method that looks into the value of an attribute. */
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

    private static void value(Method method, Kind kind, @Nullable Object value) {
        if ((value == null && method == Method.EQUAL) || fits(method, kind, value)) {
            return;
        }
        String rule = kind == Kind.TIMESTAMP ? "n RFC 3339 date-time such as 2026-01-01T00:00:00Z" : " " + name(kind);
        throw new QueryException(QueryException.Code.INVALID_VALUE, "$", "value must be a" + rule, value);
    }

    private static boolean fits(Method method, Kind kind, @Nullable Object value) {
        return switch (kind) {
            case STRING -> value instanceof String;
            case NUMBER -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case TIMESTAMP -> value instanceof String text && Values.timestamp(text) != null;
            case LIST -> method != Method.EQUAL || value instanceof List;
            case OBJECT -> true;
        };
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
