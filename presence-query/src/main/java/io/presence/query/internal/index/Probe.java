package io.presence.query.internal.index;

import io.presence.query.internal.hash.KeyedList;
import io.presence.query.internal.plan.Bound;
import io.presence.query.internal.plan.Range;
import io.presence.query.internal.posting.Posting;
import io.presence.query.internal.posting.ValueTable;
import io.presence.query.internal.posting.ValueTable.Part;
import io.presence.query.internal.program.StructureHash;
import io.presence.query.internal.range.IntervalTree;
import io.presence.query.internal.slots.Slots;
import io.presence.query.internal.slots.ValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Goes from the slots of a record to the postings that it hits.
 *
 * <p><b>Cost.</b> For each slot that is not null and that something is filed by: a look-up per sort of posting there
 * is. For a list, a look-up per element, and per value in it that is at a path that something is filed by. Lists and
 * maps are hashed where something is filed by one. Nothing is allocated but for numbers that neither a {@code long} nor
 * a {@code double} holds, and lists without random access.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class Probe<Q> {
    private static final int LAST_LIST = Integer.MAX_VALUE;
    /* Every whole number up to here is a double. */
    private static final long WHOLE_DOUBLES = 1L << 53;

    private final Postings<Q> postings;
    private final Slots slots;
    /* Holds one element of a list at a time. */
    private final Slots element = new Slots();
    private final ElementPaths.Visitor innerVisitor = this::visitInner;
    private int lists;
    /* Of the list being visited, so that visiting its elements allocates nothing. */
    private Posting.@Nullable Visitor<? super Q> listVisitor;

    Probe(Postings<Q> postings, Slots slots) {
        this.postings = postings;
        this.slots = slots;
    }

    /** Visits all postings that the record in the slots hits. A query may be visited more than once. */
    void visit(Posting.Visitor<? super Q> visitor) {
        for (int i = 0; i < slots.filledCount(); i++) {
            int slot = slots.filled(i);
            SlotPostings<Q> filed = postings.of(slot);
            if (filed != null) {
                visit(slot, filed, visitor);
            }
        }
        postings.nulls().visit(slots, visitor);
        postings.unindexed().visit(visitor);
    }

    private void visit(int slot, SlotPostings<Q> filed, Posting.Visitor<? super Q> visitor) {
        byte type = slots.type(slot);
        visit(filed.present(), visitor);
        visit(filed.ofType(type), visitor);
        switch (type) {
            case ValueType.STRING -> visitString(slot, filed, visitor);
            case ValueType.LONG, ValueType.DOUBLE, ValueType.BIG -> visitNumber(slot, filed, visitor);
            case ValueType.INSTANT -> {
                visitWhole(slot, filed, visitor);
                visitPoint(
                        filed.tree(Range.Domain.TIME), Bound.word(slots.word(slot), slots.nanos(slot)), null, visitor);
            }
            case ValueType.BOOLEAN -> visitWhole(slot, filed, visitor);
            case ValueType.LIST -> {
                visitStructure(slot, filed, visitor);
                visitElements(slot, filed, visitor);
            }
            case ValueType.MAP -> visitStructure(slot, filed, visitor);
            default -> {}
        }
    }

    private void visitWhole(int slot, SlotPostings<Q> filed, Posting.Visitor<? super Q> visitor) {
        if (filed.hasWholes()) {
            visit(postings.values().find(slot, slots), visitor);
        }
    }

    private void visitString(int slot, SlotPostings<Q> filed, Posting.Visitor<? super Q> visitor) {
        String text = (String) slots.object(slot);
        visitWhole(slot, filed, visitor);
        if (filed.prefixes().count() > 0) {
            postings.values().visitPrefixes(slot, text, filed.prefixes(), visitor);
        }
        IntervalTree<Q> ranges = filed.tree(Range.Domain.TEXT);
        if (ranges != null) {
            visitPoint(ranges, Bound.word(text), text, visitor);
        }
    }

    private void visitNumber(int slot, SlotPostings<Q> filed, Posting.Visitor<? super Q> visitor) {
        visitWhole(slot, filed, visitor);
        IntervalTree<Q> ranges = filed.tree(Range.Domain.NUMBER);
        KeyedList<Integer, SlotPostings.Grid<Q>> grids = filed.grids();
        if (ranges == null && grids == null) {
            return;
        }
        double number = number(slot);
        if (ranges != null) {
            visitRanges(slot, number, ranges, visitor);
        }
        for (int i = 0; grids != null && i < grids.size(); i++) {
            SlotPostings.Grid<Q> grid = grids.get(i);
            if (ValueType.isNumber(slots.type(grid.otherSlot()))) {
                grid.boxes().visit(number, number(grid.otherSlot()), visitor);
            }
        }
    }

    private void visitRanges(int slot, double nearest, IntervalTree<Q> ranges, Posting.Visitor<? super Q> visitor) {
        byte type = slots.type(slot);
        if (type == ValueType.DOUBLE || (type == ValueType.LONG && Math.abs(slots.word(slot)) <= WHOLE_DOUBLES)) {
            visitPoint(ranges, Bound.word(nearest), null, visitor);
        } else {
            Number number = type == ValueType.LONG ? (Number) slots.word(slot) : (BigDecimal) slots.object(slot);
            ranges.visit(Bound.word(Bound.down(number)), Bound.word(Bound.up(number)), null, visitor);
        }
    }

    private double number(int slot) {
        return switch (slots.type(slot)) {
            case ValueType.LONG -> slots.word(slot);
            case ValueType.DOUBLE -> Double.longBitsToDouble(slots.word(slot));
            default -> ((BigDecimal) slots.object(slot)).doubleValue();
        };
    }

    private void visitStructure(int slot, SlotPostings<Q> filed, Posting.Visitor<? super Q> visitor) {
        if (filed.hasStructures()) {
            long structure = StructureHash.of(slots.object(slot), postings.structures(), slots);
            postings.values().visitStructure(slot, structure, visitor);
        }
    }

    private void visitElements(int slot, SlotPostings<Q> filed, Posting.Visitor<? super Q> visitor) {
        boolean hasPaths = !filed.elementPaths().isEmpty();
        if (!filed.hasElements() && !filed.hasStructureElements() && !hasPaths) {
            return;
        }
        if (++lists == LAST_LIST) {
            postings.values().forgetLists();
            lists = 1;
        }
        List<?> list = (List<?>) slots.object(slot);
        if (list instanceof RandomAccess) {
            for (int i = 0; i < list.size(); i++) {
                visitElement(slot, filed, list.get(i), visitor);
            }
        } else {
            list.forEach(one -> visitElement(slot, filed, one, visitor));
        }
        listVisitor = null;
    }

    private void visitElement(
            int slot, SlotPostings<Q> filed, @Nullable Object value, Posting.Visitor<? super Q> visitor) {
        if (value instanceof Map || value instanceof List) {
            visitElementStructure(slot, filed, value, visitor);
        } else if (filed.hasElements()) {
            visitKey(Part.ELEMENT, slot, value, visitor);
        }
    }

    private void visitElementStructure(
            int slot, SlotPostings<Q> filed, Object value, Posting.Visitor<? super Q> visitor) {
        if (filed.hasStructureElements()) {
            long structure = StructureHash.of(value, postings.structures(), slots);
            postings.values().visitStructureElement(slot, structure, lists, visitor);
        }
        if (value instanceof Map<?, ?> map && !filed.elementPaths().isEmpty()) {
            listVisitor = visitor;
            filed.elementPaths().visit(map, innerVisitor);
        }
    }

    private void visitInner(int path, Object value) {
        Posting.Visitor<? super Q> visitor = listVisitor;
        if (visitor != null) {
            visitKey(Part.INNER, path, value, visitor);
        }
    }

    private void visitKey(Part part, int at, @Nullable Object value, Posting.Visitor<? super Q> visitor) {
        element.replace(0, value);
        if (ValueTable.isKey(element.type(0))) {
            postings.values().visitElement(part, at, element, 0, lists, visitor);
        }
    }

    private static <Q> void visitPoint(
            @Nullable IntervalTree<Q> ranges, long word, @Nullable String text, Posting.Visitor<? super Q> visitor) {
        if (ranges != null) {
            ranges.visit(word, word, text, visitor);
        }
    }

    private static <Q> void visit(@Nullable Posting<Q> posting, Posting.Visitor<? super Q> visitor) {
        if (posting != null) {
            posting.visit(visitor);
        }
    }
}
