package io.presence;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * An immutable list of JSON-like values, including null. No method that looks for a value throws if the value is null.
 *
 * <p><b>Cost.</b> 40 bytes and 4 for each value.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class MetadataList extends AbstractList<@Nullable Object> implements RandomAccess {

    private final @Nullable Object[] values;

    /**
     * Creates a list of values.
     *
     * @param values kept, and not to be changed by the caller
     */
    MetadataList(@Nullable Object[] values) {
        this.values = values;
    }

    @Override
    public @Nullable Object get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }

    /* Two lists of this class are compared without an iterator. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MetadataList list ? Arrays.equals(values, list.values) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
