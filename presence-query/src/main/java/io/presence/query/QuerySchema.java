package io.presence.query;

import io.presence.query.internal.Echo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes records have, to refuse a query that could never mean anything: one that names an attribute that
 * does not exist, that looks for keys within a string, or that compares a timestamp with something else.
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
 * <p>What is within an object is not described and may be anything. A value of another type than a string, number or
 * boolean attribute is not refused; it is simply never equal.
 *
 * <p><b>Cost.</b> A check is linear in the size of the queries.
 * <p><b>Threads.</b> Immutable; a builder is for one thread.
 */
public final class QuerySchema {
    /** What an attribute holds, when it is not null. */
    public enum Kind {
        /** A string. */
        STRING,
        /** A number. */
        NUMBER,
        /** A boolean. */
        BOOLEAN,
        /** An {@link java.time.Instant}: each value it is compared with must be an ISO-8601 date-time with offset. */
        TIMESTAMP,
        /** A list, with anything within. */
        LIST,
        /** A map, with anything at any depth within. */
        OBJECT
    }

    private final Map<String, Kind> kinds;

    private QuerySchema(Map<String, Kind> kinds) {
        this.kinds = Map.copyOf(kinds);
    }

    /** Returns a builder without attributes. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns what the attribute of this name, the root of a path, holds; nothing when there is no such attribute. */
    public Optional<Kind> kind(String root) {
        return Optional.ofNullable(kinds.get(root));
    }

    /**
     * Refuses queries that do not fit this schema.
     *
     * @throws QueryException {@code UNKNOWN_ATTRIBUTE} when an attribute does not exist or has nothing within it,
     *     {@code INVALID_VALUE} when a timestamp is compared with something else
     */
    public void check(List<? extends Query> queries) {
        Checks.each("$", queries, this::check);
    }

    /**
     * Refuses a query that does not fit this schema.
     *
     * @throws QueryException as {@link #check(List)}
     */
    public void check(Query query) {
        if (query instanceof Query.Filter filter) {
            filter.accept(new Walk());
        } else if (query instanceof ListQuery.Order order) {
            known(order.attribute(), "$.attribute");
        } else if (query instanceof ListQuery.Select select && !select.isEverything()) {
            Checks.each("$.values", select.attributes(), text -> known(AttributePath.parse(text), "$"));
        }
    }

    private Kind known(AttributePath attribute, String path) {
        Kind kind = kinds.get(attribute.root());
        if (kind == null) {
            throw new QueryException(
                    QueryException.Code.UNKNOWN_ATTRIBUTE, path, "attribute is unknown", attribute.toString());
        }
        if (kind != Kind.OBJECT && attribute.size() > 1) {
            throw new QueryException(
                    QueryException.Code.UNKNOWN_ATTRIBUTE,
                    path,
                    "attribute must not lead into a " + kind,
                    attribute.toString());
        }
        return kind;
    }

    /** The attributes of filters within {@code elemMatch} are keys of an element, of which nothing is known. Answers what it has visited. */
    private final class Walk implements Query.FilterVisitor<Query.Filter> {
        @Override
        public Query.Filter comparison(Query.Comparison node) {
            if (known(node.attribute(), "$.attribute") == Kind.TIMESTAMP) {
                Checks.each("$.values", node.values(), QuerySchema::timestamp);
            }
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
            known(node.attribute(), "$.attribute");
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

        private void nested(List<Query.Filter> filters) {
            Checks.each("$.values", filters, filter -> filter.accept(this));
        }
    }

    private static void timestamp(@Nullable Object value) {
        if (!(value instanceof String text) || Values.timestamp(text) == null) {
            throw new QueryException(
                    QueryException.Code.INVALID_VALUE, "$", "value must be an ISO-8601 date-time with offset", value);
        }
    }

    /** Collects the attributes of a schema. */
    public static final class Builder {
        private final Map<String, Kind> kinds = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds an attribute. The name is taken as it is, without escapes.
         *
         * @throws IllegalArgumentException when the name was given already, is empty or is too long for a path
         */
        public Builder attribute(String name, Kind kind) {
            Objects.requireNonNull(kind, "kind");
            AttributePath.of(name);
            if (kinds.putIfAbsent(name, kind) != null) {
                throw new IllegalArgumentException("attribute must be given once: " + Echo.of(name));
            }
            return this;
        }

        /** Returns a schema with the attributes given so far. */
        public QuerySchema build() {
            return new QuerySchema(kinds);
        }
    }
}
