package io.presence;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map that refuses every modifying method. This includes the default methods of {@link Map} that would return without
 * an exception if there is nothing to change.
 */
abstract class ReadOnlyMap implements Map<String, @Nullable Object> {

    @Override
    public @Nullable Object put(String key, @Nullable Object value) {
        throw immutable();
    }

    @Override
    public @Nullable Object remove(@Nullable Object key) {
        throw immutable();
    }

    @Override
    public void putAll(Map<? extends String, ?> others) {
        throw immutable();
    }

    @Override
    public void clear() {
        throw immutable();
    }

    @Override
    public @Nullable Object putIfAbsent(String key, @Nullable Object value) {
        throw immutable();
    }

    @Override
    public boolean remove(@Nullable Object key, @Nullable Object value) {
        throw immutable();
    }

    @Override
    public @Nullable Object replace(String key, @Nullable Object value) {
        throw immutable();
    }

    @Override
    public boolean replace(String key, @Nullable Object old, @Nullable Object value) {
        throw immutable();
    }

    @Override
    public void replaceAll(BiFunction<? super String, ? super @Nullable Object, ?> function) {
        throw immutable();
    }

    @Override
    public @Nullable Object computeIfAbsent(String key, Function<? super String, ?> function) {
        throw immutable();
    }

    @Override
    public @Nullable Object computeIfPresent(String key, BiFunction<? super String, ? super Object, ?> function) {
        throw immutable();
    }

    @Override
    public @Nullable Object compute(String key, BiFunction<? super String, ? super @Nullable Object, ?> function) {
        throw immutable();
    }

    @Override
    public @Nullable Object merge(String key, Object value, BiFunction<? super Object, ? super Object, ?> function) {
        throw immutable();
    }

    static UnsupportedOperationException immutable() {
        return new UnsupportedOperationException("metadata is immutable");
    }
}
