package io.presence.query.internal.program;

import io.presence.query.QuerySchema;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How to read one attribute of a record.
 *
 * @param <R> the type of records
 */
public abstract class AttributeReader<R> {
    private final QuerySchema.Kind kind;

    private AttributeReader(QuerySchema.Kind kind) {
        this.kind = kind;
    }

    /** Returns what the attribute holds, when it is not null. */
    public QuerySchema.Kind kind() {
        return kind;
    }

    /** Returns the value, or null. */
    public abstract @Nullable Object value(R record);

    /** Fills a slot with the value. */
    public void fill(R record, Slots slots, int slot) {
        slots.fill(slot, value(record));
    }

    /** Reads what a function returns. */
    public static <R> AttributeReader<R> of(QuerySchema.Kind kind, Function<? super R, ?> function) {
        return new AttributeReader<>(kind) {
            @Override
            public @Nullable Object value(R record) {
                return function.apply(record);
            }
        };
    }

    /** Reads a timestamp from milliseconds since 1970, without making an object of it for a slot. */
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
