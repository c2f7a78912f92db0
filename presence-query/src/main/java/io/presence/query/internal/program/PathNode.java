package io.presence.query.internal.program;

import io.presence.query.AttributePath;
import io.presence.query.internal.hash.KeyedList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of the paths that queries name: a key, its child keys, and the slot of the path that ends here.
 *
 * <p><b>Cost.</b> Adding and removing take one step per key of the path, for any number of paths.
 *
 * @param <R> the type of records
 */
final class PathNode<R> implements KeyedList.Element<String> {

    static final int NO_SLOT = -1;

    private final String key;
    /* Null if there are none. */
    private @Nullable KeyedList<String, PathNode<R>> children;
    /* The reader of the attribute if this is the first key of a path. */
    private @Nullable AttributeReader<R> reader;
    private int slot = NO_SLOT;
    private int users;

    PathNode(String key) {
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    int childCount() {
        KeyedList<String, PathNode<R>> list = children;
        return list == null ? 0 : list.size();
    }

    PathNode<R> childAt(int position) {
        KeyedList<String, PathNode<R>> list = children;
        if (list == null) {
            throw new IndexOutOfBoundsException(position);
        }
        return list.get(position);
    }

    @Nullable PathNode<R> child(@Nullable Object childKey) {
        KeyedList<String, PathNode<R>> list = children;
        return list == null ? null : list.find(childKey);
    }

    @Nullable AttributeReader<R> reader() {
        return reader;
    }

    void reader(AttributeReader<R> given) {
        reader = given;
    }

    boolean hasChildren() {
        return children != null;
    }

    boolean hasSlot() {
        return slot != NO_SLOT;
    }

    int slot() {
        return slot;
    }

    void slot(int given) {
        slot = given;
    }

    /** Adds a user. Returns whether it is the first one, for which a slot must be allocated. */
    boolean retain() {
        return users++ == 0;
    }

    /** Returns the node at the end of a retained path. */
    PathNode<R> find(AttributePath path) {
        PathNode<R> node = this;
        List<String> keys = path.segments();
        for (int i = 0; i < keys.size(); i++) {
            node = node.existing(keys.get(i));
        }
        return node;
    }

    private PathNode<R> existing(String next) {
        PathNode<R> child = child(next);
        if (child == null) {
            throw new IllegalStateException("path must be retained: " + next);
        }
        return child;
    }

    /** Returns the node at the end of a path, which is created if absent. */
    PathNode<R> descend(AttributePath path) {
        PathNode<R> node = this;
        List<String> keys = path.segments();
        for (int i = 0; i < keys.size(); i++) {
            node = node.childOrNew(keys.get(i));
        }
        return node;
    }

    private PathNode<R> childOrNew(String next) {
        KeyedList<String, PathNode<R>> list = children;
        if (list == null) {
            list = new KeyedList<>();
            children = list;
        }
        PathNode<R> child = list.find(next);
        if (child == null) {
            child = new PathNode<>(next);
            list.add(child);
        }
        return child;
    }

    /**
     * Removes a user of a path, and the nodes that no path needs any more.
     *
     * @return the slot of the path if it has no users left, else {@link #NO_SLOT}
     */
    int release(AttributePath path) {
        return release(path.segments(), 0);
    }

    private int release(List<String> keys, int from) {
        if (from == keys.size()) {
            int had = slot;
            if (--users > 0) {
                return NO_SLOT;
            }
            slot = NO_SLOT;
            return had;
        }
        PathNode<R> child = existing(keys.get(from));
        int released = child.release(keys, from + 1);
        if (!child.hasSlot() && !child.hasChildren()) {
            remove(child);
        }
        return released;
    }

    private void remove(PathNode<R> child) {
        KeyedList<String, PathNode<R>> list = children;
        if (list != null) {
            list.remove(child.key);
            children = list.size() == 0 ? null : list;
        }
    }
}
