package io.presence.query.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.internal.hash.KeyedList;
import io.presence.query.internal.plan.Range;
import io.presence.query.internal.program.ValueType;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of the term index for one slot: posting lists by type, ranges and boxes, and counts of the values in the
 * {@link ValueTable}.
 *
 * @param <Q> the type of queries
 */
final class SlotIndex<Q> implements PostingList.Owner<Q> {

    private static final PostingList<?>[] NO_TYPES = {};

    private final Runnable onEmpty;
    /* The numbers of values and elements that have a posting list in the table of values. */
    private int values;
    private int elements;
    private int structures;
    private int structureElements;
    /* Each is a shared empty instance until it is needed: most slots have one kind of term. */
    private ElementPaths elementPaths = ElementPaths.NONE;
    private PrefixLengths prefixes = PrefixLengths.NONE;
    private PrefixLengths suffixes = PrefixLengths.NONE;
    private @Nullable PostingList<Q>[] types = noTypes();

    private @Nullable PostingList<Q> present;
    private @Nullable IntervalTree<Q> numbers;
    private @Nullable IntervalTree<Q> texts;
    private @Nullable IntervalTree<Q> times;
    private @Nullable KeyedList<Integer, Grid<Q>> grids;

    /** The boxes over this slot and another. */
    record Grid<Q>(Integer otherSlot, BoxGrid<Q> boxes) implements KeyedList.Element<Integer> {
        @Override
        public Integer key() {
            return otherSlot;
        }
    }

    /**
     * Creates an empty index.
     *
     * @param onEmpty is called when a removal leaves this empty
     */
    SlotIndex(Runnable onEmpty) {
        this.onEmpty = onEmpty;
    }

    /** Returns the number of values that have a posting list. */
    int values() {
        return values;
    }

    /** Returns the number of elements that have a posting list. */
    int elements() {
        return elements;
    }

    boolean hasValues() {
        return values > 0;
    }

    boolean hasElements() {
        return elements > 0;
    }

    boolean hasStructures() {
        return structures > 0;
    }

    boolean hasStructureElements() {
        return structureElements > 0;
    }

    @SuppressWarnings("unchecked") // it is empty
    private static <Q> @Nullable PostingList<Q>[] noTypes() {
        return (PostingList<Q>[]) NO_TYPES;
    }

    /** Returns the paths within the elements of a list. Nothing must be added to the result. */
    ElementPaths elementPaths() {
        return elementPaths;
    }

    /** Adds a path within the elements of a list. The path must not be in this index yet. */
    void addElementPath(ElementPaths.ElementPath path) {
        if (elementPaths == ElementPaths.NONE) {
            elementPaths = new ElementPaths();
        }
        elementPaths.add(path);
    }

    PrefixLengths prefixes() {
        return prefixes;
    }

    PrefixLengths suffixes() {
        return suffixes;
    }

    /**
     * Returns the grids of boxes over this slot and another slot, keyed by the other slot, or null if there are none.
     */
    @Nullable KeyedList<Integer, Grid<Q>> grids() {
        return grids;
    }

    @Nullable PostingList<Q> present() {
        return present;
    }

    @Nullable PostingList<Q> ofType(byte type) {
        return types.length == 0 ? null : types[type];
    }

    @Nullable IntervalTree<Q> tree(Range.Domain domain) {
        return switch (domain) {
            case NUMBER -> numbers;
            case TEXT -> texts;
            case TIME -> times;
        };
    }

    private void setTree(Range.Domain domain, @Nullable IntervalTree<Q> tree) {
        switch (domain) {
            case NUMBER -> numbers = tree;
            case TEXT -> texts = tree;
            case TIME -> times = tree;
        }
    }

    @Nullable BoxGrid<Q> grid(int otherSlot) {
        Grid<Q> grid = grids == null ? null : grids.find(otherSlot);
        return grid == null ? null : grid.boxes();
    }

    void countValues(int more) {
        values += more;
        prune();
    }

    void countElements(int more) {
        elements += more;
        prune();
    }

    void countPrefixes(int length, int more) {
        if (prefixes == PrefixLengths.NONE) {
            prefixes = new PrefixLengths();
        }
        prefixes.count(length, more);
        prune();
    }

    void countSuffixes(int length, int more) {
        if (suffixes == PrefixLengths.NONE) {
            suffixes = new PrefixLengths();
        }
        suffixes.count(length, more);
        prune();
    }

    void countStructures(int more) {
        structures += more;
        prune();
    }

    void countStructureElements(int more) {
        structureElements += more;
        prune();
    }

    void removeElementPath(AttributePath path) {
        elementPaths.remove(path);
        prune();
    }

    PostingList<Q> presentOrAdd() {
        PostingList<Q> postingList = present;
        if (postingList == null) {
            postingList = new PostingList<>(this);
            present = postingList;
        }
        return postingList;
    }

    /** Called when a posting was removed from the list for the presence of a value. */
    @Override
    public void removed(PostingList<Q> postingList) {
        if (postingList.isEmpty()) {
            present = null;
            prune();
        }
    }

    PostingList<Q> typeOrAdd(byte type) {
        if (types.length == 0) {
            types = Arrays.copyOf(types, ValueType.COUNT);
        }
        PostingList<Q> postingList = types[type];
        if (postingList == null) {
            postingList = new PostingList<>(left -> typeRemoved(left, type));
            types[type] = postingList;
        }
        return postingList;
    }

    private void typeRemoved(PostingList<Q> postingList, byte type) {
        if (postingList.isEmpty()) {
            types[type] = null;
            prune();
        }
    }

    PostingList<Q> rangeOrAdd(Range range) {
        IntervalTree<Q> tree = tree(range.domain());
        if (tree == null) {
            tree = new IntervalTree<>(left -> rangeRemoved(left, range.domain()));
            setTree(range.domain(), tree);
        }
        return tree.findOrAdd(range.low(), range.high());
    }

    private void rangeRemoved(PostingList<Q> postingList, Range.Domain domain) {
        IntervalTree<Q> tree = tree(domain);
        if (postingList.isEmpty() && tree != null) {
            tree.remove(postingList);
            if (tree.size() == 0) {
                setTree(domain, null);
                prune();
            }
        }
    }

    /** Indexes a query under a box over this slot and another. */
    void addBox(int otherSlot, Box box, Supplier<? extends Posting<Q>> postings, KeyHash hashes) {
        BoxGrid<Q> grid = grid(otherSlot);
        if (grid == null) {
            grid = new BoxGrid<>(hashes, left -> boxRemoved(left, otherSlot));
            grids = grids == null ? new KeyedList<>() : grids;
            grids.add(new Grid<>(otherSlot, grid));
        }
        grid.add(box, postings);
    }

    private void boxRemoved(PostingList<Q> postingList, int otherSlot) {
        BoxGrid<Q> grid = grid(otherSlot);
        if (grid != null && grids != null) {
            grid.removed(postingList);
            if (grid.size() == 0) {
                grids.remove(otherSlot);
                grids = grids.size() == 0 ? null : grids;
                prune();
            }
        }
    }

    private void prune() {
        if (isEmpty()) {
            onEmpty.run();
        }
    }

    private boolean isEmpty() {
        return values + elements + prefixes.count() + suffixes.count() + structures + structureElements == 0
                && elementPaths.isEmpty()
                && present == null
                && numbers == null
                && texts == null
                && times == null
                && grids == null
                && hasNoType();
    }

    private boolean hasNoType() {
        for (PostingList<Q> postingList : types) {
            if (postingList != null) {
                return false;
            }
        }
        return true;
    }
}
