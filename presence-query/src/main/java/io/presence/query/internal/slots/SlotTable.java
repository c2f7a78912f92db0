package io.presence.query.internal.slots;

import io.presence.query.AttributePath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which slot each path has, as long as a query names it, and how to fill the slots from a record.
 *
 * <p>A record is read along the tree of the paths, once for all queries, and no deeper than both go. Where the tree has far
 * more branches than a map has keys, it is the keys that are looked up in the tree: paths which no record has cost nothing.
 *
 * <p><b>Cost.</b> {@link #fill}: one read of each attribute that is named, and for each map that the tree leads into a
 * look-up for each path there, or for each key if those are far fewer. Only the latter allocates.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <R> the type of records
 */
public final class SlotTable<R> {
    /* How many paths a look-up each is better than going through the entries of a map. */
    private static final int FEW = 64;

    private final Function<String, AttributeReader<R>> readers;
    private final PathNode<R> attributes = new PathNode<>("");
    /* The paths within elements, by how deep elemMatch is nested. */
    private final Map<Integer, PathNode<R>> elements = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    /* Apart, for an element's slot is not cleared with those of the record: it holds the last element until the next. */
    private final Deque<Integer> freeElements = new ArrayDeque<>();
    private int size;

    /**
     * Makes a table without slots.
     *
     * @param readers the reader of each attribute that queries may name
     */
    public SlotTable(Function<String, AttributeReader<R>> readers) {
        this.readers = readers;
    }

    /** Returns one more than the greatest slot. */
    public int size() {
        return size;
    }

    /** Returns how many slots are in use. */
    public int used() {
        return size - free.size() - freeElements.size();
    }

    /** Returns the reader of an attribute. */
    public AttributeReader<R> reader(String attribute) {
        return readers.apply(attribute);
    }

    /** Returns the slot of a path that is retained. */
    public int slot(AttributePath path) {
        return attributes.find(path).slot();
    }

    /** Returns the slot of a path within elements that is retained. */
    public int elementSlot(int level, AttributePath path) {
        return elements(level).find(path).slot();
    }

    /** Returns the slot of a path, which stays until it was {@linkplain #release released} as often as retained. */
    public int retain(AttributePath path) {
        int slot = retain(attributes, path, free);
        PathNode<R> attribute = attributes.child(path.root());
        if (attribute != null && attribute.reader() == null) {
            attribute.reader(reader(path.root()));
        }
        return slot;
    }

    /** Returns the slot of a path within the elements of a list, at so many levels of {@code elemMatch}. */
    public int retainElement(int level, AttributePath path) {
        return retain(elements(level), path, freeElements);
    }

    private PathNode<R> elements(int level) {
        return elements.computeIfAbsent(level, any -> new PathNode<>(""));
    }

    private int retain(PathNode<R> root, AttributePath path, Deque<Integer> unused) {
        PathNode<R> node = root.descend(path);
        if (node.retain()) {
            node.slot(unused.isEmpty() ? size++ : unused.pop());
        }
        return node.slot();
    }

    /** Gives back a slot that was retained. */
    public void release(AttributePath path) {
        release(attributes, path, free);
    }

    /** Gives back a slot that was retained. */
    public void releaseElement(int level, AttributePath path) {
        release(elements(level), path, freeElements);
    }

    private static <R> void release(PathNode<R> root, AttributePath path, Deque<Integer> unused) {
        int released = root.release(path);
        if (released != PathNode.NO_SLOT) {
            unused.push(released);
        }
    }

    /** Fills the slots of all paths with what a record has there, and makes those null where it has nothing. */
    public void fill(R record, Slots slots) {
        slots.clear(size);
        List<PathNode<R>> children = attributes.children();
        for (int i = 0; i < children.size(); i++) {
            PathNode<R> node = children.get(i);
            AttributeReader<R> reader = node.reader();
            if (reader != null) {
                fill(record, reader, node, slots);
            }
        }
    }

    private static <R> void fill(R record, AttributeReader<R> reader, PathNode<R> node, Slots slots) {
        if (node.hasSlot()) {
            reader.fill(record, slots, node.slot());
        }
        if (node.leadsOn() && reader.value(record) instanceof Map<?, ?> map) {
            fillWithin(map, node, slots);
        }
    }

    private static <R> void fillWithin(Map<?, ?> map, PathNode<R> node, Slots slots) {
        List<PathNode<R>> children = node.children();
        if (children.size() > FEW && children.size() > map.size()) {
            for (Map.Entry<?, ?> member : map.entrySet()) {
                PathNode<R> child = node.child(member.getKey());
                if (child != null) {
                    fillChild(member.getValue(), child, slots);
                }
            }
            return;
        }
        for (int i = 0; i < children.size(); i++) {
            PathNode<R> child = children.get(i);
            fillChild(map.get(child.key()), child, slots);
        }
    }

    private static <R> void fillChild(@Nullable Object value, PathNode<R> node, Slots slots) {
        if (node.hasSlot()) {
            slots.fill(node.slot(), value);
        }
        if (node.leadsOn() && value instanceof Map<?, ?> map) {
            fillWithin(map, node, slots);
        }
    }
}
