package io.presence.query.internal.plan;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Values;
import java.util.List;
import java.util.Map;

/**
 * The value at a path is a list with a map in which the value at another path is equal to one.
 *
 * @param path to the list
 * @param inner the path within the map
 * @param key of the value, as by {@link Values#key}
 */
public record InnerTerm(AttributePath path, AttributePath inner, Object key) implements Term.OfValue {
    @Override
    public boolean hits(Attributes record) {
        if (record.get(path) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map && key.equals(Values.key(Attributes.resolve(element, inner, 0)))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public int cost(Attributes record) {
        return record.get(path) instanceof List<?> list ? 1 + list.size() : 1;
    }

    @Override
    public Term coarse() {
        return new Term.Present(path);
    }

    @Override
    public double prior() {
        return 0.003;
    }

    @Override
    public String toString() {
        return path + " has a map with " + inner + " = " + Term.show(key);
    }
}
