package io.presence.bench;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A presence as the techniques under comparison read it: by the number of a path, whatever is behind.
 *
 * <p>One run has either maps or slots, never both, so that the virtual call is free in every technique.
 */
public abstract class AttributeRow {
    private static final List<AttributePath> PATHS = Stream.of(
                    "status",
                    "userId",
                    "metadata.zone",
                    "metadata.x",
                    "metadata.y",
                    "metadata.documentId",
                    "metadata.team",
                    "metadata.score",
                    "$id",
                    "$readers")
            .map(AttributePath::parse)
            .toList();
    private static final AttributePath[] BY_SLOT = PATHS.toArray(AttributePath[]::new);

    /** Returns the value at a path, null when there is none. */
    public abstract @Nullable Object get(int slot);

    /** Returns the paths, in the order of their numbers. */
    public static List<AttributePath> paths() {
        return PATHS;
    }

    /** Returns the number of the path that {@link #get} takes. */
    public static int slot(AttributePath path) {
        int slot = PATHS.indexOf(path);
        if (slot < 0) {
            throw new IllegalArgumentException("path must be one of the workload: " + path);
        }
        return slot;
    }

    /** Reads each value where it is, as often as it is asked for. */
    public static class Maps extends AttributeRow {
        private final Map<String, Object> map;
        private final Attributes attributes;

        /** Wraps the record. */
        public Maps(Map<String, Object> map) {
            this.map = map;
            this.attributes = Attributes.of(map);
        }

        /** Returns the record. */
        public final Map<String, Object> map() {
            return map;
        }

        /** Returns the record as the interpreter reads it. */
        public final Attributes attributes() {
            return attributes;
        }

        @Override
        public final @Nullable Object get(int slot) {
            return Attributes.resolve(map, BY_SLOT[slot], 0);
        }
    }

    /** Holds the value at each path, put there once for all queries. */
    public static final class Values extends AttributeRow {
        private final @Nullable Object[] values = new @Nullable Object[BY_SLOT.length];

        /** Reads all values from the record. */
        public void fill(Map<String, Object> map) {
            for (int slot = 0; slot < values.length; slot++) {
                values[slot] = Attributes.resolve(map, BY_SLOT[slot], 0);
            }
        }

        @Override
        public @Nullable Object get(int slot) {
            return values[slot];
        }
    }
}
