package io.presence.query.internal.program;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which slot each path has, as long as a query names it, and how to fill the slots from a record.
 *
 * <p>A record is read along the tree of the paths, once for all queries, and no deeper than both go. Where the tree has
 * far more branches than a map has keys, it is the keys that are looked up in the tree: paths which no record has cost
 * nothing.
 *
 * <p>Slots are numbered from 0 on, those that were given back first. The number of slots follows that of paths down
 * when the highest slots are given back.
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
    private final SlotAllocator free = new SlotAllocator();
    /*
     * Apart, for an element's slot is not cleared with those of the record: it holds the last element until the next.
     */
    private final SlotAllocator freeElements = new SlotAllocator();
    private int size;
    /* The least size since a record was read: slots from there on may be those of other paths by now. */
    private int leastSize;

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
        return size - free.count() - freeElements.count();
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
    int elementSlot(int level, AttributePath path) {
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
    int retainElement(int level, AttributePath path) {
        return retain(elements(level), path, freeElements);
    }

    private PathNode<R> elements(int level) {
        return elements.computeIfAbsent(level, any -> new PathNode<>(""));
    }

    private int retain(PathNode<R> root, AttributePath path, SlotAllocator unused) {
        PathNode<R> node = root.descend(path);
        if (node.retain()) {
            node.slot(unused.count() == 0 ? size++ : unused.allocate());
        }
        return node.slot();
    }

    /** Gives back a slot that was retained. */
    public void release(AttributePath path) {
        release(attributes, path, free);
    }

    /** Gives back a slot that was retained. */
    void releaseElement(int level, AttributePath path) {
        PathNode<R> root = elements(level);
        release(root, path, freeElements);
        if (!root.hasChildren()) {
            elements.remove(level);
        }
    }

    /** Retains the slots of all paths of a filter. */
    public void retain(Query.Filter filter) {
        PathVisitor.visit(filter, (level, path) -> {
            if (level == PathVisitor.RECORD) {
                retain(path);
            } else {
                retainElement(level, path);
            }
        });
    }

    /** Releases the slots that {@link #retain(Query.Filter)} retained. */
    public void release(Query.Filter filter) {
        PathVisitor.visit(filter, (level, path) -> {
            if (level == PathVisitor.RECORD) {
                release(path);
            } else {
                releaseElement(level, path);
            }
        });
    }

    private void release(PathNode<R> root, AttributePath path, SlotAllocator unused) {
        int released = root.release(path);
        if (released != PathNode.NO_SLOT) {
            unused.free(released);
            dropHighest();
        }
    }

    private void dropHighest() {
        int had = size;
        while (size > 0 && (free.allocate(size - 1) || freeElements.allocate(size - 1))) {
            size--;
        }
        leastSize = Math.min(leastSize, size);
        if (size < had) {
            free.shrink(size);
            freeElements.shrink(size);
        }
    }

    /**
     * Fills the slots of all paths with what a record has there, and makes those null where it has nothing. Each
     * look-up is spent on the slots as an operation.
     *
     * @param slots if paths have been released, the same as before
     */
    public void fill(R record, Slots slots) {
        slots.truncate(leastSize);
        slots.clear(size);
        leastSize = size;
        slots.spend(attributes.childCount());
        for (int i = 0; i < attributes.childCount(); i++) {
            PathNode<R> node = attributes.childAt(i);
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
        if (node.hasChildren() && reader.value(record) instanceof Map<?, ?> map) {
            fillWithin(map, node, slots);
        }
    }

    private static <R> void fillWithin(Map<?, ?> map, PathNode<R> node, Slots slots) {
        int children = node.childCount();
        if (children > FEW && children > map.size()) {
            slots.spend(map.size());
            for (Map.Entry<?, ?> member : map.entrySet()) {
                PathNode<R> child = node.child(member.getKey());
                if (child != null) {
                    fillChild(member.getValue(), child, slots);
                }
            }
            return;
        }
        slots.spend(children);
        for (int i = 0; i < children; i++) {
            PathNode<R> child = node.childAt(i);
            fillChild(map.get(child.key()), child, slots);
        }
    }

    private static <R> void fillChild(@Nullable Object value, PathNode<R> node, Slots slots) {
        if (node.hasSlot()) {
            slots.fill(node.slot(), value);
        }
        if (node.hasChildren() && value instanceof Map<?, ?> map) {
            fillWithin(map, node, slots);
        }
    }
}
