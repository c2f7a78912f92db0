package io.presence.query;

import io.presence.query.internal.ErrorExcerpt;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The attributes of records and their kinds. It rejects a query that names an unknown attribute, that looks for keys
 * within a string, or that applies a method to an attribute of another kind.
 *
 * <pre>{@code
 * QuerySchema schema = QuerySchema.builder()
 *         .attribute("status", QuerySchema.Kind.STRING)
 *         .attribute("$createdAt", QuerySchema.Kind.TIMESTAMP)
 *         .attribute("metadata", QuerySchema.Kind.OBJECT)
 *         .build();
 * schema.check(Query.equal("metadata.cursor.x", 7));
 * }</pre>
 *
 * <p>The content of an object is not described and can be anything. A value of another type than the attribute is
 * legal: the comparison never holds, and its negation holds if the attribute is not null.
 * {@link StandingQueries#explain} lists such comparisons. Only a string that is compared with a timestamp must be a
 * date-time.
 *
 * <p><b>Cost.</b> A check is linear in the size of the queries.
 * <p><b>Threads.</b> Immutable; a builder is for one thread.
 */
public final class QuerySchema {

    /** The kind of the non-null values of an attribute. */
    public enum Kind {
        /** A string. */
        STRING,
        /** A number. */
        NUMBER,
        /** A boolean. */
        BOOLEAN,
        /** An {@link java.time.Instant}. Each string that it is compared with must be an RFC 3339 date-time. */
        TIMESTAMP,
        /** A list of any elements. */
        LIST,
        /** A map of any content. */
        OBJECT
    }

    private static final int MAX_NAMES = 16;

    private final Map<String, Kind> kinds;

    private QuerySchema(Map<String, Kind> kinds) {
        this.kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    }

    /** Returns a builder without attributes. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the kind of an attribute by its name, which is the root of a path; empty if there is no such attribute.
     */
    public Optional<Kind> kind(String root) {
        return Optional.ofNullable(kinds.get(root));
    }

    /**
     * Checks queries against this schema.
     *
     * @throws QueryException {@code UNKNOWN_ATTRIBUTE} if an attribute does not exist or has no keys within it,
     *     {@code INVALID_VALUE} if a timestamp is compared with a string that is no date-time, {@code NOT_ALLOWED} if a
     *     method does not apply to the kind of its attribute, {@code LIMIT_EXCEEDED} if a filter is nested more than
     *     200 deep
     */
    public void check(List<? extends Query> queries) {
        Checks.each("$", queries, this::check);
    }

    /**
     * Checks a query against this schema.
     *
     * @throws QueryException as {@link #check(List)}
     */
    public void check(Query query) {
        Checks.notNull("query", query);
        if (query instanceof Query.Filter filter) {
            Trees.shallow("query", filter).accept(new Walk());
        } else if (query instanceof ListQuery.Order order) {
            known(order.attribute(), "$.attribute");
        } else if (query instanceof ListQuery.Select select && !select.isEverything()) {
            Checks.each("$.values", select.attributes(), text -> known(AttributePath.parse(text), "$"));
        }
    }

    private Kind known(AttributePath attribute, String path) {
        Kind kind = kinds.get(attribute.root());
        if (kind == null) {
            throw unknown(path, attribute.toString());
        }
        if (kind != Kind.OBJECT && attribute.size() > 1) {
            String holds = kind.name().toLowerCase(Locale.ROOT);
            throw new QueryException(
                    QueryException.Code.UNKNOWN_ATTRIBUTE,
                    path,
                    "attribute must end at " + attribute.root() + ", which is a " + holds,
                    attribute.toString());
        }
        return kind;
    }

    /** Returns the exception for an unknown attribute, with the names of the known ones. */
    QueryException unknown(String path, String attribute) {
        return new QueryException(
                QueryException.Code.UNKNOWN_ATTRIBUTE, path, "attribute must be one of " + names(), attribute);
    }

    /** Returns the first names of the attributes, for a message. */
    private String names() {
        String shown = kinds.keySet().stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return kinds.size() > MAX_NAMES ? shown + " and " + (kinds.size() - MAX_NAMES) + " more" : shown;
    }

    /**
     * Checks a filter. The attributes of filters within {@code elemMatch} are keys of an element, which have no
     * declared kind. Each visit returns the visited filter.
     */
    private final class Walk implements Query.FilterVisitor<Query.Filter> {
        @Override
        public Query.Filter comparison(Query.Comparison node) {
            KindRules.comparison(node, kindAt(node.attribute()));
            return node;
        }

        @Override
        public Query.Filter nullCheck(Query.NullCheck node) {
            known(node.attribute(), "$.attribute");
            return node;
        }

        @Override
        public Query.Filter exists(Query.Exists node) {
            Checks.each("$.values", node.attributes(), attribute -> known(attribute, "$"));
            return node;
        }

        @Override
        public Query.Filter elemMatch(Query.ElemMatch node) {
            KindRules.method(node.method(), node.attribute(), kindAt(node.attribute()));
            return node;
        }

        @Override
        public Query.Filter and(Query.And node) {
            nested(node.filters());
            return node;
        }

        @Override
        public Query.Filter or(Query.Or node) {
            nested(node.filters());
            return node;
        }

        private Kind kindAt(AttributePath attribute) {
            return known(attribute, "$.attribute");
        }

        private void nested(List<Query.Filter> filters) {
            Checks.each("$.values", filters, filter -> filter.accept(this));
        }
    }

    /** A builder of a schema. */
    public static final class Builder {
        private final Map<String, Kind> kinds = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds an attribute. The name is used without escapes.
         *
         * @throws IllegalArgumentException if the name was given before, is empty or is too long for a path
         */
        public Builder attribute(String name, Kind kind) {
            Checks.notNull("kind", kind);
            AttributePath.of(Checks.notNull("name", name));
            if (kinds.putIfAbsent(name, kind) != null) {
                throw new IllegalArgumentException("attribute must be given once: " + ErrorExcerpt.of(name));
            }
            return this;
        }

        /** Returns a schema with the attributes added so far. */
        public QuerySchema build() {
            return new QuerySchema(kinds);
        }
    }
}
