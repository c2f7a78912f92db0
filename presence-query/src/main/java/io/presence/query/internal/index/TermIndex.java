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
 * The map from terms to posting lists, with one structure for each kind of term.
 *
 * <p><b>Cost.</b> Constant time, or logarithmic for ranges.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class TermIndex<Q> implements Planner.IndexedTerms {

    private final SlotTable<?> table;
    private final KeyHash hashes;
    private final ValueTable<Q> values;
    private final SlotMap<SlotIndex<Q>> slots = new SlotMap<>();
    private final PostingList<Q> unindexed = new PostingList<>(postingList -> {});
    private final NullIndex<Q> nulls = new NullIndex<>();
    private final ElementPathIds elementPaths = new ElementPathIds();
    private final PolynomialHash structures;
    private int postings;

    /**
     * Creates an empty index.
     *
     * @param table has the slots of all paths of terms
     * @param seed of the hashes
     */
    TermIndex(SlotTable<?> table, long seed) {
        this.table = table;
        this.hashes = new KeyHash(seed);
        this.structures = new PolynomialHash(seed);
        this.values = new ValueTable<>(hashes, this::valueRemoved);
    }

    /** Returns the posting list of the queries without terms. */
    PostingList<Q> unindexed() {
        return unindexed;
    }

    /** Returns the polynomial for the hashes of lists and maps. */
    PolynomialHash structures() {
        return structures;
    }

    ValueTable<Q> values() {
        return values;
    }

    NullIndex<Q> nulls() {
        return nulls;
    }

    /** Returns the index of a slot, or null. */
    @Nullable SlotIndex<Q> of(int slot) {
        return slots.get(slot);
    }

    /** Returns whether no query is indexed under any term. */
    boolean isEmpty() {
        return postings == 0 && values.size() == 0 && nulls.size() == 0 && slots.isEmpty() && elementPaths.isEmpty();
    }

    private SlotIndex<Q> ofOrAdd(AttributePath path) {
        return ofOrAdd(table.slot(path));
    }

    private SlotIndex<Q> ofOrAdd(int slot) {
        SlotIndex<Q> found = slots.get(slot);
        if (found == null) {
            found = new SlotIndex<>(() -> slots.remove(slot));
            slots.put(slot, found);
        }
        return found;
    }

    /** Indexes a query under a term, by one posting, or by several for a box. */
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

    /** Returns the number of postings of a query under a term. */
    int postings(Term term) {
        BoxGrid<Q> grid = term instanceof Term.InBox box ? grid(box) : null;
        return grid == null ? 1 : grid.cells(box((Term.InBox) term));
    }

    /** The key of a single value, at a slot, or at a path within elements. */
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
            throw new IllegalStateException("term must have a key: " + term);
        }
        return key;
    }

    /** Returns the key of a term, or null if its path within elements is not indexed. */
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
        Term.Affix affix = (Term.Affix) term;
        return new Key(affix.isSuffix() ? Part.SUFFIX : Part.PREFIX, slot, affix.affix());
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
            case SUFFIX -> slot.countSuffixes(((String) key.key()).length(), more);
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

    /** Removes a posting. */
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

    @Override
    public int values(Term term) {
        if (!(term instanceof Term.Equal || term instanceof Term.Element)) {
            return 0;
        }
        SlotIndex<Q> slot = of(table.slot(pathOf(term)));
        return slot == null ? 0 : term instanceof Term.Equal ? slot.values() : slot.elements();
    }

    /** Returns the posting list of a term, or null. */
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
