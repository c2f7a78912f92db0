package io.presence.query;

import io.presence.query.internal.program.AttributeReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A description of records of one type: the name and the kind of each attribute, and the function that reads it.
 *
 * <pre>{@code
 * RecordSchema<Player> players = RecordSchema.<Player>builder()
 *         .attribute("name", QuerySchema.Kind.STRING, Player::name)
 *         .attribute("position", QuerySchema.Kind.OBJECT, Player::position)
 *         .timestamp("joinedAt", Player::joinedAtMillis)
 *         .build();
 * CompiledQuery<Player> near = CompiledQuery.compile(Query.lessThan("position.x", 100), players);
 * System.out.println(near.test(new Player("ada", 17, Map.of("x", 40), 0))); // prints: true
 * }</pre>
 *
 * <p>A reader returns a value of a type that {@link Attributes} lists, or null. Use immutable records: a record must
 * not change during a match, and {@link StandingQueries} keeps some records.
 *
 * <p><b>Threads.</b> Immutable; a builder is for one thread. Readers are called by the thread that matches.
 *
 * @param <R> the type of records
 */
public final class RecordSchema<R> {

    private static final RecordSchema<Map<String, ?>> MAPS = new RecordSchema<>(null, Map.of());

    private final @Nullable QuerySchema schema;
    private final Map<String, AttributeReader<R>> readers;

    private RecordSchema(@Nullable QuerySchema schema, Map<String, AttributeReader<R>> readers) {
        this.schema = schema;
        this.readers = readers;
    }

    /** Returns a builder without attributes. */
    public static <R> Builder<R> builder() {
        return new Builder<>();
    }

    /**
     * Returns the schema of records that are maps: each key is an attribute that can hold anything. Each attribute that
     * a query names is looked up in each record.
     */
    public static RecordSchema<Map<String, ?>> maps() {
        return MAPS;
    }

    /**
     * Checks a query against this schema.
     *
     * @throws QueryException as {@link QuerySchema#check(Query)}
     */
    public void check(Query query) {
        Checks.notNull("query", query);
        if (schema != null) {
            schema.check(query);
        }
    }

    /**
     * Checks queries against this schema.
     *
     * @throws QueryException as {@link QuerySchema#check(List)}
     */
    public void check(List<? extends Query> queries) {
        if (schema != null) {
            schema.check(queries);
        }
    }

    /** Returns the attributes of a record, as the {@link Interpreter} reads them. */
    public Attributes attributes(R record) {
        Checks.notNull("record", record);
        if (schema == null) {
            return path -> Attributes.resolve(record, path, 0);
        }
        return path -> Attributes.resolve(reader(path.root()).value(record), path, 1);
    }

    /** Returns the kind of an attribute; an object, which can be anything, if no kind is declared. */
    QuerySchema.Kind kind(String root) {
        return schema == null ? QuerySchema.Kind.OBJECT : schema.kind(root).orElse(QuerySchema.Kind.OBJECT);
    }

    AttributeReader<R> reader(String attribute) {
        AttributeReader<R> reader = readers.get(attribute);
        if (reader != null) {
            return reader;
        }
        if (schema != null) {
            throw schema.unknown("$.attribute", attribute);
        }
        return AttributeReader.of(QuerySchema.Kind.OBJECT, record -> ((Map<?, ?>) record).get(attribute));
    }

    /**
     * A builder of a schema.
     *
     * @param <R> the type of records
     */
    public static final class Builder<R> {
        private final QuerySchema.Builder schema = QuerySchema.builder();
        private final Map<String, AttributeReader<R>> readers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds an attribute. The name is used without escapes.
         *
         * @param name the name in queries
         * @param kind the kind of the values that the reader returns; each value must be of this kind or null
         * @param reader returns the value, or null
         * @throws IllegalArgumentException if the name was given before, is empty or is too long for a path
         */
        public Builder<R> attribute(String name, QuerySchema.Kind kind, Function<? super R, ?> reader) {
            schema.attribute(name, kind);
            readers.put(name, AttributeReader.of(kind, Checks.notNull("reader", reader)));
            return this;
        }

        /**
         * Adds a timestamp that records store as a number. Reading it creates no object.
         *
         * @param name the name in queries
         * @param epochMillis returns the milliseconds since 1970-01-01T00:00Z
         * @throws IllegalArgumentException if the name was given before, is empty or is too long for a path
         */
        public Builder<R> timestamp(String name, ToLongFunction<? super R> epochMillis) {
            schema.attribute(name, QuerySchema.Kind.TIMESTAMP);
            readers.put(name, AttributeReader.ofMillis(Checks.notNull("epochMillis", epochMillis)));
            return this;
        }

        /** Returns a schema with the attributes added so far. */
        public RecordSchema<R> build() {
            return new RecordSchema<>(schema.build(), Map.copyOf(readers));
        }
    }
}
