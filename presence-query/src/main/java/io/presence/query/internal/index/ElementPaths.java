package io.presence.query.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.internal.hash.KeyedList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths within the elements of one list under which queries are indexed, as a tree of their keys.
 *
 * <p><b>Cost.</b> A visit of an element looks up each key of the tree, or each member of a map if these are fewer. It
 * is linear in the size of the element, for any number of paths.
 * <p><b>Threads.</b> For one thread.
 */
final class ElementPaths {

    /* Up to this many keys are looked up without a comparison with the size of the map. */
    private static final int FEW = 4;

    /** A shared instance without paths; nothing must be added to it. */
    static final ElementPaths NONE = new ElementPaths();

    private final Node root = new Node("");

    /** A path under which queries are indexed. */
    static final class ElementPath {
        private final AttributePath path;
        private final int list;
        private final int id;
        private int postings;

        /**
         * Creates a path without postings.
         *
         * @param list the slot of the list
         * @param id the id of the path among those of all lists
         */
        ElementPath(AttributePath path, int list, int id) {
            this.path = path;
            this.list = list;
            this.id = id;
        }

        AttributePath path() {
            return path;
        }

        int list() {
            return list;
        }

        int id() {
            return id;
        }

        /** Adds to the number of posting lists, and returns whether there are any. */
        boolean count(int more) {
            postings += more;
            return postings > 0;
        }
    }

    /** Called with each value at a path. */
    @FunctionalInterface
    interface Visitor {
        void value(int id, Object value);
    }

    private static final class Node implements KeyedList.Element<String> {
        private final String key;
        private @Nullable KeyedList<String, Node> children;
        private @Nullable ElementPath end;

        private Node(String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }

        private @Nullable Node child(@Nullable Object childKey) {
            return children == null ? null : children.find(childKey);
        }

        private Node childOrNew(String childKey) {
            children = children == null ? new KeyedList<>() : children;
            Node child = children.find(childKey);
            if (child == null) {
                child = new Node(childKey);
                children.add(child);
            }
            return child;
        }

        private void removeIfUnused(Node child) {
            if (children != null && child.isUnused()) {
                children.remove(child.key);
                children = children.size() == 0 ? null : children;
            }
        }

        private boolean isUnused() {
            return end == null && children == null;
        }
    }

    boolean isEmpty() {
        return root.isUnused();
    }

    /** Returns a path that was added, or null. */
    @Nullable ElementPath find(AttributePath path) {
        Node node = root;
        List<String> keys = path.segments();
        for (int i = 0; i < keys.size() && node != null; i++) {
            node = node.child(keys.get(i));
        }
        return node == null ? null : node.end;
    }

    /** Adds a path. The path must not be present yet. */
    void add(ElementPath added) {
        Node node = root;
        for (String key : added.path().segments()) {
            node = node.childOrNew(key);
        }
        node.end = added;
    }

    /** Removes a path that is present. */
    void remove(AttributePath path) {
        remove(root, path.segments(), 0);
    }

    private static void remove(Node node, List<String> keys, int from) {
        if (from == keys.size()) {
            node.end = null;
            return;
        }
        Node child = node.child(keys.get(from));
        if (child != null) {
            remove(child, keys, from + 1);
            node.removeIfUnused(child);
        }
    }

    /** Visits the values that an element has at these paths. */
    void visit(Map<?, ?> element, Visitor visitor) {
        visit(root, element, visitor);
    }

    private static void visit(Node node, Map<?, ?> map, Visitor visitor) {
        KeyedList<String, Node> children = node.children;
        if (children == null) {
            return;
        }
        if (children.size() > FEW && children.size() > map.size()) {
            for (Map.Entry<?, ?> member : map.entrySet()) {
                visitValue(node.child(member.getKey()), member.getValue(), visitor);
            }
            return;
        }
        for (int i = 0; i < children.size(); i++) {
            Node child = children.get(i);
            visitValue(child, map.get(child.key), visitor);
        }
    }

    private static void visitValue(@Nullable Node node, @Nullable Object value, Visitor visitor) {
        if (node == null || value == null) {
            return;
        }
        if (node.end != null) {
            visitor.value(node.end.id(), value);
        }
        if (value instanceof Map<?, ?> map) {
            visit(node, map, visitor);
        }
    }
}
