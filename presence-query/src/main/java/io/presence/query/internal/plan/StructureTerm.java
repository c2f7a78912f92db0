package io.presence.query.internal.plan;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value at a path is equal to a list or map, or is a list with such an element.
 *
 * @param path to the value
 * @param value the list or map
 * @param isElement whether an element is equal to it
 */
public record StructureTerm(AttributePath path, Object value, boolean isElement) implements Term.OfValue {
    @Override
    public boolean hits(Attributes record) {
        Object found = record.get(path);
        if (!isElement) {
            return found != null && Values.equal(found, value);
        }
        return found instanceof List<?> list && list.stream().anyMatch(one -> one != null && Values.equal(one, value));
    }

    @Override
    public int cost(Attributes record) {
        return size(value) * (isElement && record.get(path) instanceof List<?> list ? 1 + list.size() : 1);
    }

    private static int size(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return 1 + list.stream().mapToInt(StructureTerm::size).sum();
        }
        return value instanceof Map<?, ?> map
                ? 1 + map.values().stream().mapToInt(StructureTerm::size).sum()
                : 1;
    }

    @Override
    public Term coarse() {
        return new Term.Present(path);
    }

    @Override
    public double prior() {
        return 0.002;
    }

    @Override
    public String toString() {
        return path + (isElement ? " has " : " = ") + Term.show(value);
    }
}
