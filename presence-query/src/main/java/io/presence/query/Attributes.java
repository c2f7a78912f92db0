package io.presence.query;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a record shows to a query: the value at each path. Missing is null.
 *
 * <p>A value is a {@code String}, a {@code Boolean}, a number ({@code Byte}, {@code Short}, {@code Integer},
 * {@code Long}, {@code BigInteger}, {@code Float}, {@code Double}, {@code BigDecimal}), an {@link java.time.Instant}, a
 * {@code List} or a {@code Map} with string keys of such, or null. Any other object is not null, and equal to nothing.
 *
 * <p><b>Threads.</b> As safe as the record behind it, which must not change while it is matched.
 */
@FunctionalInterface
public interface Attributes {
    /** Returns the value at the path, or null when the record has none. */
    @Nullable Object get(AttributePath path);

    /**
     * Returns the attributes of nested maps: each key of a path leads one map further in. The map is not copied.
     *
     * <p><b>Cost.</b> One look-up per key of the path.
     */
    static Attributes of(Map<String, ?> map) {
        Checks.notNull("map", map);
        return path -> resolve(map, path, 0);
    }

    /**
     * Returns what the rest of a path leads to within a value, for records that find the root of a path themselves.
     *
     * <p><b>Cost.</b> One look-up per key.
     *
     * @param value where to start: the value itself when no key is left, else a map, or there is nothing to find
     * @param path the whole path
     * @param from how many keys have been followed already, 0 to {@code path.size()}
     * @return the value, or null when a key is missing or leads into something that is not a map
     * @throws IndexOutOfBoundsException when {@code from} is out of bounds
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
