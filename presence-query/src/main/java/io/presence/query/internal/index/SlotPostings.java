package io.presence.query.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.internal.hash.KeyedList;
import io.presence.query.internal.plan.Range;
import io.presence.query.internal.posting.Filing;
import io.presence.query.internal.posting.KeyHash;
import io.presence.query.internal.posting.Posting;
import io.presence.query.internal.posting.PrefixLengths;
import io.presence.query.internal.range.Box;
import io.presence.query.internal.range.BoxGrid;
import io.presence.query.internal.range.IntervalTree;
import io.presence.query.internal.slots.ValueType;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is filed by one slot: its postings by type, its ranges and boxes, and which sorts of single values there are.
 *
 * @param <Q> the type of queries
 */
final class SlotPostings<Q> implements Posting.Home<Q> {
    private static final Posting<?>[] NO_TYPES = {};

    private final long seed;
    private final Runnable onEmpty;
    /* How many single values and elements have a posting, which are elsewhere. */
    private int wholes;
    private int elements;
    private int structures;
    private int structureElements;
    /* Each is shared and empty until something is filed there: most slots have one sort of posting. */
    private ElementPaths elementPaths = ElementPaths.NONE;
    private PrefixLengths prefixes = PrefixLengths.NONE;
    private @Nullable Posting<Q>[] types = noTypes();

    private @Nullable Posting<Q> present;
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
     * Starts with nothing.
     *
     * @param seed of the trees
     * @param onEmpty is called when a removal has left nothing
     */
    SlotPostings(long seed, Runnable onEmpty) {
        this.seed = seed;
        this.onEmpty = onEmpty;
    }

    boolean hasWholes() {
        return wholes > 0;
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
    private static <Q> @Nullable Posting<Q>[] noTypes() {
        return (Posting<Q>[]) NO_TYPES;
    }

    /** Returns the paths within the elements of a list, to which nothing must be added. */
    ElementPaths elementPaths() {
        return elementPaths;
    }

    /** Adds a path within the elements of a list, which is not there. */
    void addElementPath(ElementPaths.ElementPath path) {
        if (elementPaths == ElementPaths.NONE) {
            elementPaths = new ElementPaths();
        }
        elementPaths.add(path);
    }

    PrefixLengths prefixes() {
        return prefixes;
    }

    /** Returns the boxes by the other slot; null if there are none. */
    @Nullable KeyedList<Integer, Grid<Q>> grids() {
        return grids;
    }

    @Nullable Posting<Q> present() {
        return present;
    }

    @Nullable Posting<Q> ofType(byte type) {
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

    void countWholes(int more) {
        wholes += more;
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

    Posting<Q> presentOrAdd() {
        Posting<Q> posting = present;
        if (posting == null) {
            posting = new Posting<>(this);
            present = posting;
        }
        return posting;
    }

    /** Called when a filing was removed from the posting of what is not null. */
    @Override
    public void removed(Posting<Q> posting) {
        if (posting.isEmpty()) {
            present = null;
            prune();
        }
    }

    Posting<Q> typeOrAdd(byte type) {
        if (types.length == 0) {
            types = Arrays.copyOf(types, ValueType.COUNT);
        }
        Posting<Q> posting = types[type];
        if (posting == null) {
            posting = new Posting<>(left -> typeRemoved(left, type));
            types[type] = posting;
        }
        return posting;
    }

    private void typeRemoved(Posting<Q> posting, byte type) {
        if (posting.isEmpty()) {
            types[type] = null;
            prune();
        }
    }

    Posting<Q> rangeOrAdd(Range range) {
        IntervalTree<Q> tree = tree(range.domain());
        if (tree == null) {
            tree = new IntervalTree<>(seed, left -> rangeRemoved(left, range.domain()));
            setTree(range.domain(), tree);
        }
        return tree.findOrAdd(range.low(), range.high());
    }

    private void rangeRemoved(Posting<Q> posting, Range.Domain domain) {
        IntervalTree<Q> tree = tree(domain);
        if (posting.isEmpty() && tree != null) {
            tree.remove(posting);
            if (tree.size() == 0) {
                setTree(domain, null);
                prune();
            }
        }
    }

    /** Files a query under a box over this slot and another. */
    void addBox(int otherSlot, Box box, Supplier<? extends Filing<Q>> filings, KeyHash hashes) {
        BoxGrid<Q> grid = grid(otherSlot);
        if (grid == null) {
            grid = new BoxGrid<>(hashes, left -> boxRemoved(left, otherSlot));
            grids = grids == null ? new KeyedList<>() : grids;
            grids.add(new Grid<>(otherSlot, grid));
        }
        grid.add(box, filings);
    }

    private void boxRemoved(Posting<Q> posting, int otherSlot) {
        BoxGrid<Q> grid = grid(otherSlot);
        if (grid != null && grids != null) {
            grid.removed(posting);
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
        return wholes + elements + prefixes.count() + structures + structureElements == 0
                && elementPaths.isEmpty()
                && present == null
                && numbers == null
                && texts == null
                && times == null
                && grids == null
                && hasNoType();
    }

    private boolean hasNoType() {
        for (Posting<Q> posting : types) {
            if (posting != null) {
                return false;
            }
        }
        return true;
    }
}
