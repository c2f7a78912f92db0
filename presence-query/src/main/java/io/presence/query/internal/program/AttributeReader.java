package io.presence.query.internal.program;

import io.presence.query.QuerySchema;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A reader of one attribute of a record.
 *
 * @param <R> the type of records
 */
public abstract class AttributeReader<R> {

    private final QuerySchema.Kind kind;

    private AttributeReader(QuerySchema.Kind kind) {
        this.kind = kind;
    }

    /** Returns the kind of the values that are not null. */
    public QuerySchema.Kind kind() {
        return kind;
    }

    /** Returns the value, or null. */
    public abstract @Nullable Object value(R record);

    /** Fills a slot with the value. */
    public void fill(R record, Slots slots, int slot) {
        slots.fill(slot, value(record));
    }

    /** Returns a reader that applies a function. */
    public static <R> AttributeReader<R> of(QuerySchema.Kind kind, Function<? super R, ?> function) {
        return new AttributeReader<>(kind) {
            @Override
            public @Nullable Object value(R record) {
                return function.apply(record);
            }
        };
    }

    /**
     * Returns a reader of a timestamp in milliseconds since 1970. It fills a slot without the creation of an object.
     */
    public static <R> AttributeReader<R> ofMillis(ToLongFunction<? super R> epochMillis) {
        return new AttributeReader<>(QuerySchema.Kind.TIMESTAMP) {
            @Override
            public Object value(R record) {
                return Instant.ofEpochMilli(epochMillis.applyAsLong(record));
            }

            @Override
            public void fill(R record, Slots slots, int slot) {
                slots.fillMillis(slot, epochMillis.applyAsLong(record));
            }
        };
    }
}
