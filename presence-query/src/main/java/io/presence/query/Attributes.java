package io.presence.query;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a record: a function from each path to its value. A missing value is null.
 *
 * <p>A value is a {@code String}, a {@code Boolean}, a number ({@code Byte}, {@code Short}, {@code Integer},
 * {@code Long}, {@code BigInteger}, {@code Float}, {@code Double}, {@code BigDecimal}), an {@link java.time.Instant}, a
 * {@code List} or a string-keyed {@code Map} of these, or null. Any other object is not null, and equal to nothing.
 *
 * <p><b>Threads.</b> As safe as the underlying record, which must not change during a match.
 */
@FunctionalInterface
public interface Attributes {

    /** Returns the value at the path, or null if the record has none. */
    @Nullable Object get(AttributePath path);

    /**
     * Returns the attributes of nested maps: each key of a path is looked up in the map of the one before it. The map
     * is not copied.
     *
     * <p><b>Cost.</b> One look-up per key of the path.
     */
    static Attributes of(Map<String, ?> map) {
        Checks.notNull("map", map);
        return path -> resolve(map, path, 0);
    }

    /**
     * Returns the value at the rest of a path within a value, for records that read the root of a path themselves.
     *
     * <p><b>Cost.</b> One look-up per key.
     *
     * @param value the value to start from
     * @param path the whole path
     * @param from the number of leading keys to skip, 0 to {@code path.size()}
     * @return the value, or null if a key is missing or is looked up in a value that is not a map
     * @throws IndexOutOfBoundsException if {@code from} is out of bounds
     */
    static @Nullable Object resolve(@Nullable Object value, AttributePath path, int from) {
        Objects.checkFromToIndex(from, path.size(), path.size());
        Object current = value;
        for (int i = from; i < path.size(); i++) {
            if (!(current instanceof Map<?, ?> map)) {
                return null;
            }
            current = map.get(path.segments().get(i));
        }
        return current;
    }
}
