package io.presence.query.internal.program;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The slots of the paths that queries name, and the code that fills them from a record.
 *
 * <p>A record is read along the tree of the paths, once for all queries, and only as deep as both go. If the tree has
 * far more branches than a map has keys, the keys are looked up in the tree, so that paths which no record has cost
 * nothing.
 *
 * <p>Slots are numbered from 0 and freed slots are used first. The number of slots shrinks when the highest slots are
 * freed.
 *
 * <p><b>Cost.</b> {@link #fill} takes one read of each named attribute, and for each map on a path a look-up of each
 * key of the tree, or of each key of the map if those are far fewer. Only the latter allocates.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <R> the type of records
 */
public final class SlotTable<R> {

    /* Up to this number of paths, their look-ups are cheaper than an iteration of the map. */
    private static final int FEW = 64;

    private final Function<String, AttributeReader<R>> readers;
    private final PathNode<R> attributes = new PathNode<>("");
    /* The paths within elements, by the level of nesting of elemMatch. */
    private final Map<Integer, PathNode<R>> elements = new HashMap<>();
    private final SlotAllocator free = new SlotAllocator();
    /* Separate, since slots of elements are not cleared with those of the record: they keep the last element. */
    private final SlotAllocator freeElements = new SlotAllocator();
    private int size;
    /* The least size since the last record. Slots from there on can belong to other paths now. */
    private int leastSize;

    /**
     * Creates a table without slots.
     *
     * @param readers returns the reader of each attribute that queries can name
     */
    public SlotTable(Function<String, AttributeReader<R>> readers) {
        this.readers = readers;
    }

    /** Returns one more than the greatest slot. */
    public int size() {
        return size;
    }

    /** Returns the number of slots in use. */
    public int used() {
        return size - free.count() - freeElements.count();
    }

    /** Returns the reader of an attribute. */
    public AttributeReader<R> reader(String attribute) {
        return readers.apply(attribute);
    }

    /** Returns the slot of a retained path. */
    public int slot(AttributePath path) {
        return attributes.find(path).slot();
    }

    /** Returns the slot of a retained path within elements. */
    int elementSlot(int level, AttributePath path) {
        return elements(level).find(path).slot();
    }

    /** Returns the slot of a path. Each call must be followed by a {@link #release(AttributePath)}. */
    public int retain(AttributePath path) {
        int slot = retain(attributes, path, free);
        PathNode<R> attribute = attributes.child(path.root());
        if (attribute != null && attribute.reader() == null) {
            attribute.reader(reader(path.root()));
        }
        return slot;
    }

    /** Returns the slot of a path within the elements of a list, at a level of nesting of {@code elemMatch}. */
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

    /** Releases a retained slot. */
    public void release(AttributePath path) {
        release(attributes, path, free);
    }

    /** Releases a retained slot. */
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
     * Fills the slots of all paths from a record; a slot without a value becomes null. Each look-up counts as an
     * operation of the slots.
     *
     * @param slots the same ones in each call
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
