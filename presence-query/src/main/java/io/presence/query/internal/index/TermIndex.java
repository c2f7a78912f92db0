package io.presence.query.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.internal.hash.PolynomialHash;
import io.presence.query.internal.index.ElementPaths.ElementPath;
import io.presence.query.internal.index.ValueTable.Part;
import io.presence.query.internal.plan.Planner;
import io.presence.query.internal.plan.Term;
import io.presence.query.internal.program.SlotTable;
import io.presence.query.internal.program.StructureHash;
import io.presence.query.internal.program.ValueType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Files queries under terms, each in the structure that is made for its sort.
 *
 * <p><b>Cost.</b> That of the structure: constant, or logarithmic for ranges.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class TermIndex<Q> implements Planner.IndexedTerms {
    private final SlotTable<?> table;
    private final KeyHash hashes;
    private final long seed;
    private final ValueTable<Q> values;
    private final SlotMap<SlotIndex<Q>> slots = new SlotMap<>();
    private final PostingList<Q> unindexed = new PostingList<>(postingList -> {});
    private final NullIndex<Q> nulls = new NullIndex<>();
    private final ElementPathIds elementPaths = new ElementPathIds();
    private final PolynomialHash structures;
    private int postings;

    /**
     * Makes empty structures.
     *
     * @param table has the slots of all paths that terms name
     * @param seed of the hashes and the trees
     */
    TermIndex(SlotTable<?> table, long seed) {
        this.table = table;
        this.seed = seed;
        this.hashes = new KeyHash(seed);
        this.structures = new PolynomialHash(seed);
        this.values = new ValueTable<>(hashes, this::valueRemoved);
    }

    /** The queries that no term leads to. */
    PostingList<Q> unindexed() {
        return unindexed;
    }

    /** The polynomial that lists and maps are hashed by. */
    PolynomialHash structures() {
        return structures;
    }

    ValueTable<Q> values() {
        return values;
    }

    NullIndex<Q> nulls() {
        return nulls;
    }

    /** What is filed by a slot, or null. */
    @Nullable SlotIndex<Q> of(int slot) {
        return slots.get(slot);
    }

    /** Tells whether nothing is filed by any slot. */
    boolean isEmpty() {
        return postings == 0 && values.size() == 0 && nulls.size() == 0 && slots.isEmpty();
    }

    private SlotIndex<Q> ofOrAdd(AttributePath path) {
        return ofOrAdd(table.slot(path));
    }

    private SlotIndex<Q> ofOrAdd(int slot) {
        SlotIndex<Q> found = slots.get(slot);
        if (found == null) {
            found = new SlotIndex<>(seed, () -> slots.remove(slot));
            slots.put(slot, found);
        }
        return found;
    }

    /** Files a query under a term, by one filing, or by several for a box. */
    void add(Term term, Supplier<? extends Posting<Q>> postings) {
        if (term instanceof Term.InBox box) {
            ofOrAdd(box.x()).addBox(table.slot(box.y()), box(box), postings, hashes);
        } else {
            add(term, postings.get());
        }
        this.postings += postings(term);
    }

    private void add(Term term, Posting<Q> posting) {
        if (term instanceof Term.Within within) {
            ofOrAdd(within.path()).rangeOrAdd(within.range()).add(posting);
        } else if (term instanceof Term.OfType ofType) {
            type(ofType).add(posting);
        } else if (term instanceof Term.Present present) {
            ofOrAdd(present.path()).presentOrAdd().add(posting);
        } else {
            value(term).add(posting);
        }
    }

    private PostingList<Q> type(Term.OfType term) {
        return term.type() == ValueType.NULL
                ? nulls.findOrAdd(table.slot(term.path()))
                : ofOrAdd(term.path()).typeOrAdd(term.type());
    }

    /** Returns how many filings a query has by a term that it is filed under. */
    int postings(Term term) {
        BoxGrid<Q> grid = term instanceof Term.InBox box ? grid(box) : null;
        return grid == null ? 1 : grid.cells(box((Term.InBox) term));
    }

    /** A single value that something is filed by, at a slot or, if it is within elements, at a path of them. */
    private record Key(Part part, int at, Object key) {}

    private PostingList<Q> value(Term term) {
        SlotIndex<Q> slotIndex = ofOrAdd(pathOf(term));
        if (term instanceof Term.Inner inner && slotIndex.elementPaths().find(inner.inner()) == null) {
            slotIndex.addElementPath(elementPaths.make(inner.inner(), table.slot(inner.path())));
        }
        Key key = requireKey(term);
        PostingList<Q> postingList = values.findOrAdd(key.part(), key.at(), key.key());
        if (postingList.isEmpty()) {
            count(slotIndex, key, 1);
        }
        return postingList;
    }

    private static AttributePath pathOf(Term term) {
        return ((Term.OfValue) term).path();
    }

    private Key requireKey(Term term) {
        Key key = key(term);
        if (key == null) {
            throw new IllegalStateException("term must be slotIndex: " + term);
        }
        return key;
    }

    /** Returns where a term is filed; null if it names a path within elements that nothing is filed by. */
    private @Nullable Key key(Term term) {
        int slot = table.slot(pathOf(term));
        if (term instanceof Term.Equal equal) {
            return new Key(Part.VALUE, slot, equal.key());
        }
        if (term instanceof Term.Element element) {
            return new Key(Part.ELEMENT, slot, element.key());
        }
        if (term instanceof Term.Structure structure) {
            Part part = structure.isElement() ? Part.STRUCTURE_ELEMENT : Part.STRUCTURE;
            return new Key(part, slot, StructureHash.of(structure.value(), structures));
        }
        if (term instanceof Term.Inner inner) {
            SlotIndex<Q> slotIndex = of(slot);
            ElementPath path =
                    slotIndex == null ? null : slotIndex.elementPaths().find(inner.inner());
            return path == null ? null : new Key(Part.INNER, path.id(), inner.key());
        }
        return new Key(Part.PREFIX, slot, ((Term.Prefix) term).prefix());
    }

    private void valueRemoved(PostingList<Q> postingList) {
        if (postingList.isEmpty()) {
            Key key = new Key(values.partOf(postingList), values.slotOf(postingList), values.keyOf(postingList));
            SlotIndex<Q> slot =
                    of(key.part() == Part.INNER ? elementPaths.get(key.at()).list() : key.at());
            values.remove(postingList);
            if (slot != null) {
                count(slot, key, -1);
            }
        }
    }

    private void count(SlotIndex<?> slot, Key key, int more) {
        switch (key.part()) {
            case VALUE -> slot.countValues(more);
            case ELEMENT -> slot.countElements(more);
            case PREFIX -> slot.countPrefixes(((String) key.key()).length(), more);
            case STRUCTURE -> slot.countStructures(more);
            case STRUCTURE_ELEMENT -> slot.countStructureElements(more);
            case INNER -> countInner(slot, elementPaths.get(key.at()), more);
        }
    }

    private void countInner(SlotIndex<?> slot, ElementPath path, int more) {
        if (!path.count(more)) {
            elementPaths.remove(path);
            slot.removeElementPath(path.path());
        }
    }

    /** Takes a query out of a posting. */
    void remove(Posting<Q> posting) {
        PostingList<Q> postingList = posting.postingList();
        if (postingList != null) {
            postingList.remove(posting);
            if (postingList != unindexed) {
                postings--;
            }
        }
    }

    @Override
    public int postings() {
        return postings;
    }

    private static Box box(Term.InBox term) {
        return new Box(
                term.xRange().low().number(),
                term.xRange().high().number(),
                term.yRange().low().number(),
                term.yRange().high().number());
    }

    @Override
    public boolean accepts(Term term) {
        return !(term instanceof Term.InBox inBox) || BoxGrid.fits(box(inBox));
    }

    private @Nullable BoxGrid<Q> grid(Term.InBox term) {
        SlotIndex<Q> slot = of(table.slot(term.x()));
        return slot == null ? null : slot.grid(table.slot(term.y()));
    }

    @Override
    public int population(Term term) {
        PostingList<Q> postingList = find(term);
        return postingList == null ? 0 : postingList.size();
    }

    /** Returns the posting of a term, or null. */
    @Nullable PostingList<Q> find(Term term) {
        if (term instanceof Term.InBox box) {
            BoxGrid<Q> grid = grid(box);
            return grid == null ? null : grid.find(box(box));
        }
        if (term instanceof Term.Within within) {
            SlotIndex<Q> slot = of(table.slot(within.path()));
            IntervalTree<Q> tree =
                    slot == null ? null : slot.tree(within.range().domain());
            return tree == null
                    ? null
                    : tree.find(within.range().low(), within.range().high());
        }
        if (term instanceof Term.OfType ofType) {
            SlotIndex<Q> slot = of(table.slot(ofType.path()));
            if (ofType.type() == ValueType.NULL) {
                return nulls.find(table.slot(ofType.path()));
            }
            return slot == null ? null : slot.ofType(ofType.type());
        }
        if (term instanceof Term.Present present) {
            SlotIndex<Q> slot = of(table.slot(present.path()));
            return slot == null ? null : slot.present();
        }
        Key key = key(term);
        return key == null ? null : values.find(key.part(), key.at(), key.key());
    }
}
