package io.presence.query;

import io.presence.query.internal.program.AttributeReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How queries read records of some type: the name of each attribute, what it holds, and the function that reads it.
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
 * <p>A reader returns the value as {@link Attributes} lists them, or null. A record must not change while it is
 * matched, and a {@link StandingQueries} keeps some records for a while: use immutable ones.
 *
 * <p><b>Threads.</b> Immutable; a builder is for one thread. Readers are called by whichever thread matches.
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
     * Returns the schema of records that are maps: each key is an attribute and may hold anything. Each attribute that
     * some query names is looked up in each record.
     */
    public static RecordSchema<Map<String, ?>> maps() {
        return MAPS;
    }

    /**
     * Refuses a query that does not fit this schema.
     *
     * @throws QueryException as {@link QuerySchema#check(Query)}
     */
    public void check(Query query) {
        if (schema != null) {
            schema.check(query);
        }
    }

    /**
     * Refuses queries that do not fit this schema.
     *
     * @throws QueryException as {@link QuerySchema#check(List)}
     */
    public void check(List<? extends Query> queries) {
        if (schema != null) {
            schema.check(queries);
        }
    }

    /** Returns what a record shows to the {@link Interpreter}. */
    public Attributes attributes(R record) {
        Checks.notNull("record", record);
        if (schema == null) {
            return path -> Attributes.resolve(record, path, 0);
        }
        return path -> Attributes.resolve(reader(path.root()).value(record), path, 1);
    }

    /** Returns what an attribute holds; an object, which is anything, if nothing is declared. */
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
     * Collects the attributes of a schema.
     *
     * @param <R> the type of records
     */
    public static final class Builder<R> {
        private final QuerySchema.Builder schema = QuerySchema.builder();
        private final Map<String, AttributeReader<R>> readers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds an attribute. The name is taken as it is, without escapes.
         *
         * @param name as queries name it
         * @param kind what the reader returns, when it is not null; a reader must not return anything else
         * @param reader returns the value, or null
         * @throws IllegalArgumentException when the name was given already, is empty or is too long for a path
         */
        public Builder<R> attribute(String name, QuerySchema.Kind kind, Function<? super R, ?> reader) {
            schema.attribute(name, kind);
            readers.put(name, AttributeReader.of(kind, Checks.notNull("reader", reader)));
            return this;
        }

        /**
         * Adds a timestamp that records hold as a number, and that is read without an object being made of it.
         *
         * @param name as queries name it
         * @param epochMillis returns the milliseconds since 1970-01-01T00:00Z
         * @throws IllegalArgumentException when the name was given already, is empty or is too long for a path
         */
        public Builder<R> timestamp(String name, ToLongFunction<? super R> epochMillis) {
            schema.attribute(name, QuerySchema.Kind.TIMESTAMP);
            readers.put(name, AttributeReader.ofMillis(Checks.notNull("epochMillis", epochMillis)));
            return this;
        }

        /** Returns a schema with the attributes given so far. */
        public RecordSchema<R> build() {
            return new RecordSchema<>(schema.build(), Map.copyOf(readers));
        }
    }
}
