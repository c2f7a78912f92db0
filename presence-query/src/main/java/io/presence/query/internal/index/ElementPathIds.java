package io.presence.query.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.internal.index.ElementPaths.ElementPath;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The paths within elements of all lists, by id. The id of a removed path is used again.
 *
 * <p><b>Cost.</b> Amortized constant time.
 * <p><b>Threads.</b> For one thread.
 */
final class ElementPathIds {

    private final SlotMap<ElementPath> paths = new SlotMap<>();
    private Deque<Integer> unused = new ArrayDeque<>();
    private int next;

    /** Creates a path within the elements of the list in a slot. */
    ElementPath make(AttributePath path, int list) {
        int id = unused.isEmpty() ? next++ : unused.pop();
        ElementPath made = new ElementPath(path, list, id);
        paths.put(id, made);
        return made;
    }

    /** Returns a path by its id. */
    ElementPath get(int id) {
        ElementPath path = paths.get(id);
        if (path == null) {
            throw new IllegalStateException("path must have been made: " + id);
        }
        return path;
    }

    /** Returns whether there are no paths. */
    boolean isEmpty() {
        return paths.isEmpty();
    }

    /** Removes a path. */
    void remove(ElementPath path) {
        paths.remove(path.id());
        unused.push(path.id());
        if (paths.isEmpty()) {
            unused = new ArrayDeque<>();
            next = 0;
        }
    }
}
