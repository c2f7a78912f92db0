package io.presence.bench;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record as the compared techniques read it: each attribute path has a number.
 *
 * <p>One run uses either maps or slots, never both. The virtual call has one target and is inlined in every technique.
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

    /** Returns the value at a path, or null if there is none. */
    public abstract @Nullable Object get(int slot);

    /** Returns the paths in the order of their numbers. */
    public static List<AttributePath> paths() {
        return PATHS;
    }

    /** Returns the number of a path, as {@link #get} takes it. */
    public static int slot(AttributePath path) {
        int slot = PATHS.indexOf(path);
        if (slot < 0) {
            throw new IllegalArgumentException("path must be one of the workload: " + path);
        }
        return slot;
    }

    /** A row that resolves the path in the record's maps at each read. */
    public static class Maps extends AttributeRow {
        private final Map<String, Object> map;
        private final Attributes attributes;

        /** Makes a row of a record. */
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

    /** A row that holds the value of each path, resolved once for all queries. */
    public static final class Values extends AttributeRow {
        private final @Nullable Object[] values = new @Nullable Object[BY_SLOT.length];

        /** Reads all values from a record. */
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
