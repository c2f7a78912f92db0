package io.presence.query.internal.slots;

import io.presence.query.AttributePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key of the paths that queries name, with the keys that follow it, and the slot of the path that ends here.
 *
 * <p><b>Cost.</b> Adding and removing take one step per key of the path, however many paths there are.
 *
 * @param <R> the type of records
 */
final class PathNode<R> {
    static final int NO_SLOT = -1;

    private final String key;
    private final Map<String, PathNode<R>> byKey = new HashMap<>(4);
    /* The same nodes, to go through without an iterator. */
    private final List<PathNode<R>> children = new ArrayList<>(1);
    /* Of an attribute, the first key of a path. */
    private @Nullable AttributeReader<R> reader;
    private int position;
    private int slot = NO_SLOT;
    private int users;

    PathNode(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    List<PathNode<R>> children() {
        return children;
    }

    @Nullable PathNode<R> child(@Nullable Object childKey) {
        return byKey.get(childKey);
    }

    @Nullable AttributeReader<R> reader() {
        return reader;
    }

    void reader(AttributeReader<R> given) {
        reader = given;
    }

    boolean leadsOn() {
        return !children.isEmpty();
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

    /** Counts a user. Returns whether it is the first, and a slot has to be given. */
    boolean retain() {
        return users++ == 0;
    }

    /** Returns the node where a path from here ends, which must have been retained. */
    PathNode<R> find(AttributePath path) {
        PathNode<R> node = this;
        for (String next : path.segments()) {
            node = node.existing(next);
        }
        return node;
    }

    private PathNode<R> existing(String next) {
        PathNode<R> child = byKey.get(next);
        if (child == null) {
            throw new IllegalStateException("path must be retained: " + next);
        }
        return child;
    }

    /** Returns the node where a path from here ends, which is made if need be. */
    PathNode<R> descend(AttributePath path) {
        PathNode<R> node = this;
        for (String next : path.segments()) {
            node = node.childOrNew(next);
        }
        return node;
    }

    private PathNode<R> childOrNew(String next) {
        PathNode<R> child = byKey.get(next);
        if (child == null) {
            child = new PathNode<>(next);
            child.position = children.size();
            children.add(child);
            byKey.put(next, child);
        }
        return child;
    }

    /**
     * Discounts a user of a path, and removes what leads nowhere any more.
     *
     * @return the slot that the path had, if nobody uses it any more; else {@link #NO_SLOT}
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
        if (!child.hasSlot() && !child.leadsOn()) {
            remove(child);
        }
        return released;
    }

    /** The last child takes the place of the removed one. */
    private void remove(PathNode<R> child) {
        byKey.remove(child.key);
        PathNode<R> last = children.remove(children.size() - 1);
        if (last != child) {
            children.set(child.position, last);
            last.position = child.position;
        }
    }
}
