package io.presence.query.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.internal.access.Planner;
import io.presence.query.internal.access.Term;
import io.presence.query.internal.posting.Filing;
import io.presence.query.internal.posting.KeyHash;
import io.presence.query.internal.posting.NullPostings;
import io.presence.query.internal.posting.Posting;
import io.presence.query.internal.posting.ValueTable;
import io.presence.query.internal.posting.ValueTable.Part;
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
        this.values = new ValueTable<>(hashes, this::valueRemoved);
    }

    /** The queries that no term leads to. */
    Posting<Q> unindexed() {
        return unindexed;
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
            value(Key.of(term)).add(filing);
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

    /** A single value that something is filed by. */
    private record Key(Part part, AttributePath path, Object key) {
        static Key of(Term term) {
            if (term instanceof Term.Equal equal) {
                return new Key(Part.WHOLE, equal.path(), equal.key());
            }
            if (term instanceof Term.Element element) {
                return new Key(Part.ELEMENT, element.path(), element.key());
            }
            Term.Prefix prefix = (Term.Prefix) term;
            return new Key(Part.PREFIX, prefix.path(), prefix.prefix());
        }
    }

    private Posting<Q> value(Key key) {
        int slot = table.slot(key.path());
        SlotPostings<Q> filed = ofOrAdd(slot);
        Posting<Q> posting = values.findOrAdd(key.part(), slot, key.key());
        if (posting.isEmpty()) {
            count(filed, key.part(), key.key(), 1);
        }
        return posting;
    }

    private void valueRemoved(Posting<Q> posting) {
        SlotPostings<Q> slot = of(values.slotOf(posting));
        if (posting.isEmpty() && slot != null) {
            count(slot, values.partOf(posting), values.keyOf(posting), -1);
            values.remove(posting);
        }
    }

    private static void count(SlotPostings<?> slot, Part part, Object key, int more) {
        switch (part) {
            case WHOLE -> slot.countWholes(more);
            case ELEMENT -> slot.countElements(more);
            case PREFIX -> slot.countPrefixes(((String) key).length(), more);
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
        Key key = Key.of(term);
        return values.find(key.part(), table.slot(key.path()), key.key());
    }
}
