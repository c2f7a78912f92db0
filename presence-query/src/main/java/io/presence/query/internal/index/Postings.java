package io.presence.query.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.internal.hash.Polynomial;
import io.presence.query.internal.index.ElementPaths.ElementPath;
import io.presence.query.internal.plan.InnerTerm;
import io.presence.query.internal.plan.Planner;
import io.presence.query.internal.plan.StructureTerm;
import io.presence.query.internal.plan.Term;
import io.presence.query.internal.posting.Filing;
import io.presence.query.internal.posting.KeyHash;
import io.presence.query.internal.posting.NullPostings;
import io.presence.query.internal.posting.Posting;
import io.presence.query.internal.posting.ValueTable;
import io.presence.query.internal.posting.ValueTable.Part;
import io.presence.query.internal.program.StructureHash;
import io.presence.query.internal.range.Box;
import io.presence.query.internal.range.BoxGrid;
import io.presence.query.internal.range.IntervalTree;
import io.presence.query.internal.slots.BySlot;
import io.presence.query.internal.slots.SlotTable;
import io.presence.query.internal.slots.ValueType;
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
final class Postings<Q> implements Planner.Filed {
    private final SlotTable<?> table;
    private final KeyHash hashes;
    private final long seed;
    private final ValueTable<Q> values;
    private final BySlot<SlotPostings<Q>> slots = new BySlot<>();
    private final Posting<Q> unindexed = new Posting<>(posting -> {});
    private final NullPostings<Q> nulls = new NullPostings<>();
    private final ElementPathIds elementPaths = new ElementPathIds();
    private final Polynomial structures;
    private int filings;

    /**
     * Makes empty structures.
     *
     * @param table has the slots of all paths that terms name
     * @param seed of the hashes and the trees
     */
    Postings(SlotTable<?> table, long seed) {
        this.table = table;
        this.seed = seed;
        this.hashes = new KeyHash(seed);
        this.structures = new Polynomial(seed);
        this.values = new ValueTable<>(hashes, this::valueRemoved);
    }

    /** The queries that no term leads to. */
    Posting<Q> unindexed() {
        return unindexed;
    }

    /** The polynomial that lists and maps are hashed by. */
    Polynomial structures() {
        return structures;
    }

    ValueTable<Q> values() {
        return values;
    }

    NullPostings<Q> nulls() {
        return nulls;
    }

    /** What is filed by a slot, or null. */
    @Nullable SlotPostings<Q> of(int slot) {
        return slots.get(slot);
    }

    /** Tells whether nothing is filed by any slot. */
    boolean isEmpty() {
        return filings == 0 && values.size() == 0 && nulls.size() == 0 && slots.isEmpty();
    }

    private SlotPostings<Q> ofOrAdd(AttributePath path) {
        return ofOrAdd(table.slot(path));
    }

    private SlotPostings<Q> ofOrAdd(int slot) {
        SlotPostings<Q> found = slots.get(slot);
        if (found == null) {
            found = new SlotPostings<>(seed, () -> slots.remove(slot));
            slots.put(slot, found);
        }
        return found;
    }

    /** Files a query under a term, by one filing, or by several for a box. */
    void add(Term term, Supplier<? extends Filing<Q>> filings) {
        if (term instanceof Term.InBox box) {
            ofOrAdd(box.x()).addBox(table.slot(box.y()), box(box), filings, hashes);
        } else {
            add(term, filings.get());
        }
        this.filings += filings(term);
    }

    private void add(Term term, Filing<Q> filing) {
        if (term instanceof Term.Within within) {
            ofOrAdd(within.path()).rangeOrAdd(within.range()).add(filing);
        } else if (term instanceof Term.OfType ofType) {
            type(ofType).add(filing);
        } else if (term instanceof Term.Present present) {
            ofOrAdd(present.path()).presentOrAdd().add(filing);
        } else {
            value(term).add(filing);
        }
    }

    private Posting<Q> type(Term.OfType term) {
        return term.type() == ValueType.NULL
                ? nulls.findOrAdd(table.slot(term.path()))
                : ofOrAdd(term.path()).typeOrAdd(term.type());
    }

    /** Returns how many filings a query has by a term that it is filed under. */
    int filings(Term term) {
        BoxGrid<Q> grid = term instanceof Term.InBox box ? grid(box) : null;
        return grid == null ? 1 : grid.cells(box((Term.InBox) term));
    }

    /** A single value that something is filed by, at a slot or, if it is within elements, at a path of them. */
    private record Key(Part part, int at, Object key) {}

    private Posting<Q> value(Term term) {
        SlotPostings<Q> filed = ofOrAdd(pathOf(term));
        if (term instanceof InnerTerm inner && filed.elementPaths().find(inner.inner()) == null) {
            filed.addElementPath(elementPaths.make(inner.inner(), table.slot(inner.path())));
        }
        Key key = requireKey(term);
        Posting<Q> posting = values.findOrAdd(key.part(), key.at(), key.key());
        if (posting.isEmpty()) {
            count(filed, key, 1);
        }
        return posting;
    }

    private static AttributePath pathOf(Term term) {
        return ((Term.OfValue) term).path();
    }

    private Key requireKey(Term term) {
        Key key = key(term);
        if (key == null) {
            throw new IllegalStateException("term must be filed: " + term);
        }
        return key;
    }

    /** Returns where a term is filed; null if it names a path within elements that nothing is filed by. */
    private @Nullable Key key(Term term) {
        int slot = table.slot(pathOf(term));
        if (term instanceof Term.Equal equal) {
            return new Key(Part.WHOLE, slot, equal.key());
        }
        if (term instanceof Term.Element element) {
            return new Key(Part.ELEMENT, slot, element.key());
        }
        if (term instanceof StructureTerm structure) {
            Part part = structure.isElement() ? Part.STRUCTURE_ELEMENT : Part.STRUCTURE;
            return new Key(part, slot, StructureHash.of(structure.value(), structures));
        }
        if (term instanceof InnerTerm inner) {
            SlotPostings<Q> filed = of(slot);
            ElementPath path = filed == null ? null : filed.elementPaths().find(inner.inner());
            return path == null ? null : new Key(Part.INNER, path.id(), inner.key());
        }
        return new Key(Part.PREFIX, slot, ((Term.Prefix) term).prefix());
    }

    private void valueRemoved(Posting<Q> posting) {
        if (posting.isEmpty()) {
            Key key = new Key(values.partOf(posting), values.slotOf(posting), values.keyOf(posting));
            SlotPostings<Q> slot =
                    of(key.part() == Part.INNER ? elementPaths.get(key.at()).list() : key.at());
            values.remove(posting);
            if (slot != null) {
                count(slot, key, -1);
            }
        }
    }

    private void count(SlotPostings<?> slot, Key key, int more) {
        switch (key.part()) {
            case WHOLE -> slot.countWholes(more);
            case ELEMENT -> slot.countElements(more);
            case PREFIX -> slot.countPrefixes(((String) key.key()).length(), more);
            case STRUCTURE -> slot.countStructures(more);
            case STRUCTURE_ELEMENT -> slot.countStructureElements(more);
            case INNER -> countInner(slot, elementPaths.get(key.at()), more);
        }
    }

    private void countInner(SlotPostings<?> slot, ElementPath path, int more) {
        if (!path.count(more)) {
            elementPaths.remove(path);
            slot.removeElementPath(path.path());
        }
    }

    /** Takes a query out of a posting. */
    void remove(Filing<Q> filing) {
        Posting<Q> posting = filing.posting();
        if (posting != null) {
            posting.remove(filing);
            if (posting != unindexed) {
                filings--;
            }
        }
    }

    @Override
    public int filings() {
        return filings;
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
        SlotPostings<Q> slot = of(table.slot(term.x()));
        return slot == null ? null : slot.grid(table.slot(term.y()));
    }

    @Override
    public int population(Term term) {
        Posting<Q> posting = find(term);
        return posting == null ? 0 : posting.size();
    }

    /** Returns the posting of a term, or null. */
    @Nullable Posting<Q> find(Term term) {
        if (term instanceof Term.InBox box) {
            BoxGrid<Q> grid = grid(box);
            return grid == null ? null : grid.find(box(box));
        }
        if (term instanceof Term.Within within) {
            SlotPostings<Q> slot = of(table.slot(within.path()));
            IntervalTree<Q> tree =
                    slot == null ? null : slot.tree(within.range().domain());
            return tree == null
                    ? null
                    : tree.find(within.range().low(), within.range().high());
        }
        if (term instanceof Term.OfType ofType) {
            SlotPostings<Q> slot = of(table.slot(ofType.path()));
            if (ofType.type() == ValueType.NULL) {
                return nulls.find(table.slot(ofType.path()));
            }
            return slot == null ? null : slot.ofType(ofType.type());
        }
        if (term instanceof Term.Present present) {
            SlotPostings<Q> slot = of(table.slot(present.path()));
            return slot == null ? null : slot.present();
        }
        Key key = key(term);
        return key == null ? null : values.find(key.part(), key.at(), key.key());
    }
}
