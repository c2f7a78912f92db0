package io.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes of metadata that keep the rest of it: merges, and assignments and removals by path, in the order in which
 * they were made.
 *
 * <p><b>Cost.</b> {@link #applyTo} copies the metadata once, however many changes there are.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class MetadataEdits {

    static final int MAX_EDITS = 100;
    static final MetadataEdits NONE = new MetadataEdits(List.of(), 0);

    private final List<Edit> edits;
    private final int bytes;

    private MetadataEdits(List<Edit> edits, int bytes) {
        this.edits = edits;
        this.bytes = bytes;
    }

    /** One change of a mutable copy, in which each map on its way is mutable too. */
    private interface Edit {
        void applyTo(Map<String, @Nullable Object> root);
    }

    private record Merge(Map<String, @Nullable Object> patch) implements Edit {
        @Override
        public void applyTo(Map<String, @Nullable Object> root) {
            merge(root, patch);
        }
    }

    private record Assignment(List<String> keys, @Nullable Object value) implements Edit {
        @Override
        public void applyTo(Map<String, @Nullable Object> root) {
            parent(root, keys).put(last(keys), value);
        }
    }

    private record Removal(List<String> keys) implements Edit {
        @Override
        public void applyTo(Map<String, @Nullable Object> root) {
            remove(root, keys);
        }
    }

    /** Adds a merge patch (RFC 7396). */
    MetadataEdits merge(Map<String, ? extends @Nullable Object> patch) {
        Metadata copier = new Metadata("patch");
        Map<String, @Nullable Object> copy = copier.copy(Checks.notNull("patch", patch));
        return with(new Merge(copy), copier.bytes());
    }

    /** Adds an assignment to a path below metadata. */
    MetadataEdits set(String path, @Nullable Object value) {
        List<String> keys = Checks.metadataKeys("path", path);
        Metadata copier = new Metadata("value");
        Object copy = copier.copyAt(keys.size() + 1, value);
        return with(new Assignment(keys, copy), path.length() + copier.bytes());
    }

    /** Adds the removal of a path below metadata. */
    MetadataEdits unset(String path) {
        List<String> keys = Checks.metadataKeys("path", path);
        return with(new Removal(keys), path.length());
    }

    private MetadataEdits with(Edit edit, int size) {
        if (edits.size() == MAX_EDITS) {
            throw new IllegalArgumentException("changes of metadata in a patch must be at most " + MAX_EDITS);
        }
        if (bytes + size > Metadata.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "changes of metadata in a patch must be at most " + Metadata.MAX_BYTES + " bytes as JSON");
        }
        List<Edit> more = new ArrayList<>(edits);
        more.add(edit);
        return new MetadataEdits(List.copyOf(more), bytes + size);
    }

    /**
     * Returns the changed metadata, or {@code metadata} itself if it is equal.
     *
     * @throws IllegalArgumentException if the result is too large or has too many levels
     */
    Map<String, @Nullable Object> applyTo(Map<String, @Nullable Object> metadata) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>(metadata);
        edits.forEach(edit -> edit.applyTo(root));
        Map<String, @Nullable Object> changed = Metadata.copyOf(root);
        return changed.equals(metadata) ? metadata : changed;
    }

    /** Returns whether the same changes were made in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MetadataEdits that && edits.equals(that.edits);
    }

    @Override
    public int hashCode() {
        return edits.hashCode();
    }

    private static void merge(Map<String, @Nullable Object> target, Map<?, ?> patch) {
        patch.forEach((key, value) -> {
            String name = (String) key;
            if (value == null) {
                target.remove(name);
            } else if (value instanceof Map<?, ?> nested) {
                merge(mutable(target, name), nested);
            } else {
                target.put(name, value);
            }
        });
    }

    /* The map that has the last key. Each map that is missing, and each other value in its place, becomes one. */
    private static Map<String, @Nullable Object> parent(Map<String, @Nullable Object> root, List<String> keys) {
        Map<String, @Nullable Object> map = root;
        for (String key : keys.subList(0, keys.size() - 1)) {
            map = mutable(map, key);
        }
        return map;
    }

    private static void remove(Map<String, @Nullable Object> root, List<String> keys) {
        Map<String, @Nullable Object> map = root;
        for (String key : keys.subList(0, keys.size() - 1)) {
            if (!(map.get(key) instanceof Map<?, ?>)) {
                return;
            }
            map = mutable(map, key);
        }
        map.remove(last(keys));
    }

    private static String last(List<String> keys) {
        return keys.get(keys.size() - 1);
    }

    /* The value of a key as a map that can be changed. Only copies made here are of this class. */
    @SuppressWarnings("unchecked") // metadata has string keys alone
    private static Map<String, @Nullable Object> mutable(Map<String, @Nullable Object> parent, String key) {
        Object value = parent.get(key);
        if (value instanceof LinkedHashMap<?, ?> copied) {
            return (LinkedHashMap<String, @Nullable Object>) copied;
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            copy.putAll((Map<String, @Nullable Object>) map);
        }
        parent.put(key, copy);
        return copy;
    }
}
