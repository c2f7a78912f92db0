package io.presence.query.internal.index;

import io.presence.query.internal.hash.KeyedList;
import io.presence.query.internal.index.ValueTable.Part;
import io.presence.query.internal.plan.Bound;
import io.presence.query.internal.plan.Range;
import io.presence.query.internal.plan.Term;
import io.presence.query.internal.program.Slots;
import io.presence.query.internal.program.StructureHash;
import io.presence.query.internal.program.ValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The search for the posting lists that match a record, by its slots.
 *
 * <p><b>Cost.</b> For each slot that is not null and under which queries are indexed, a look-up per kind of term. For a
 * list, a look-up per element, and per value in an element at an indexed path. Lists and maps are hashed only if
 * queries are indexed under lists or maps. It allocates only for numbers that are neither a {@code long} nor a
 * {@code double}, and for lists without random access.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class CandidateFinder<Q> {

    private static final int LAST_LIST = Integer.MAX_VALUE;
    /* Every integer up to this one is a double. */
    private static final long WHOLE_DOUBLES = 1L << 53;

    private final TermIndex<Q> termIndex;
    private final Slots slots;
    /* Stores one element of a list at a time. */
    private final Slots element = new Slots();
    private final ElementPaths.Visitor innerVisitor = this::visitInner;
    private int lists;
    /* The visitor for the elements of the current list; a field, so that no closure is allocated. */
    private PostingList.@Nullable Visitor<? super Q> listVisitor;

    CandidateFinder(TermIndex<Q> termIndex, Slots slots) {
        this.termIndex = termIndex;
        this.slots = slots;
    }

    /** Visits all posting lists that match the record in the slots. A query can be visited more than once. */
    void visit(PostingList.Visitor<? super Q> visitor) {
        for (int i = 0; i < slots.filledCount(); i++) {
            int slot = slots.filled(i);
            SlotIndex<Q> slotIndex = termIndex.of(slot);
            if (slotIndex != null) {
                visit(slot, slotIndex, visitor);
            }
        }
        termIndex.nulls().visit(slots, visitor);
        termIndex.unindexed().visit(visitor);
    }

    private void visit(int slot, SlotIndex<Q> slotIndex, PostingList.Visitor<? super Q> visitor) {
        byte type = slots.type(slot);
        visit(slotIndex.present(), visitor);
        visit(slotIndex.ofType(type), visitor);
        switch (type) {
            case ValueType.STRING -> visitString(slot, slotIndex, visitor);
            case ValueType.LONG, ValueType.DOUBLE, ValueType.BIG -> visitNumber(slot, slotIndex, visitor);
            case ValueType.INSTANT -> {
                visitValue(slot, slotIndex, visitor);
                visitPoint(
                        slotIndex.tree(Range.Domain.TIME),
                        Bound.word(slots.word(slot), slots.nanos(slot)),
                        null,
                        visitor);
            }
            case ValueType.BOOLEAN -> visitValue(slot, slotIndex, visitor);
            case ValueType.LIST -> {
                visitStructure(slot, slotIndex, visitor);
                visitElements(slot, slotIndex, visitor);
            }
            case ValueType.MAP -> visitStructure(slot, slotIndex, visitor);
            default -> {}
        }
    }

    private void visitValue(int slot, SlotIndex<Q> slotIndex, PostingList.Visitor<? super Q> visitor) {
        if (slotIndex.hasValues()) {
            visit(termIndex.values().find(slot, slots), visitor);
        }
    }

    private void visitString(int slot, SlotIndex<Q> slotIndex, PostingList.Visitor<? super Q> visitor) {
        String text = (String) slots.object(slot);
        visitValue(slot, slotIndex, visitor);
        if (slotIndex.prefixes().count() > 0) {
            termIndex.values().visitPrefixes(slot, text, slotIndex.prefixes(), visitor);
        }
        if (slotIndex.suffixes().count() > 0) {
            termIndex.values().visitSuffixes(slot, text, slotIndex.suffixes(), visitor);
        }
        IntervalTree<Q> ranges = slotIndex.tree(Range.Domain.TEXT);
        if (ranges != null) {
            visitPoint(ranges, Bound.word(text), text, visitor);
        }
    }

    private void visitNumber(int slot, SlotIndex<Q> slotIndex, PostingList.Visitor<? super Q> visitor) {
        visitValue(slot, slotIndex, visitor);
        IntervalTree<Q> ranges = slotIndex.tree(Range.Domain.NUMBER);
        KeyedList<Integer, SlotIndex.Grid<Q>> grids = slotIndex.grids();
        if (ranges == null && grids == null) {
            return;
        }
        double number = number(slot);
        if (ranges != null) {
            visitRanges(slot, number, ranges, visitor);
        }
        for (int i = 0; grids != null && i < grids.size(); i++) {
            SlotIndex.Grid<Q> grid = grids.get(i);
            if (ValueType.isNumber(slots.type(grid.otherSlot()))) {
                grid.boxes().visit(number, number(grid.otherSlot()), visitor);
            }
        }
    }

    private void visitRanges(int slot, double nearest, IntervalTree<Q> ranges, PostingList.Visitor<? super Q> visitor) {
        byte type = slots.type(slot);
        if (type == ValueType.DOUBLE || (type == ValueType.LONG && Math.abs(slots.word(slot)) <= WHOLE_DOUBLES)) {
            visitPoint(ranges, Bound.word(nearest), null, visitor);
        } else {
            Number number = type == ValueType.LONG ? (Number) slots.word(slot) : large(slot);
            ranges.visit(Bound.word(Bound.down(number)), Bound.word(Bound.up(number)), null, visitor);
        }
    }

    /* It is converted to its two neighbours. */
    private BigDecimal large(int slot) {
        BigDecimal number = (BigDecimal) slots.object(slot);
        slots.spend(number.unscaledValue().bitLength() / Term.BITS_PER_OPERATION);
        return number;
    }

    private double number(int slot) {
        return switch (slots.type(slot)) {
            case ValueType.LONG -> slots.word(slot);
            case ValueType.DOUBLE -> Double.longBitsToDouble(slots.word(slot));
            default -> ((BigDecimal) slots.object(slot)).doubleValue();
        };
    }

    private void visitStructure(int slot, SlotIndex<Q> slotIndex, PostingList.Visitor<? super Q> visitor) {
        if (slotIndex.hasStructures()) {
            long structure = StructureHash.of(slots.object(slot), termIndex.structures(), slots);
            termIndex.values().visitStructure(slot, structure, visitor);
        }
    }

    private void visitElements(int slot, SlotIndex<Q> slotIndex, PostingList.Visitor<? super Q> visitor) {
        boolean hasPaths = !slotIndex.elementPaths().isEmpty();
        if (!slotIndex.hasElements() && !slotIndex.hasStructureElements() && !hasPaths) {
            return;
        }
        if (++lists == LAST_LIST) {
            termIndex.values().forgetLists();
            lists = 1;
        }
        List<?> list = (List<?>) slots.object(slot);
        if (list instanceof RandomAccess) {
            for (int i = 0; i < list.size(); i++) {
                visitElement(slot, slotIndex, list.get(i), visitor);
            }
        } else {
            list.forEach(one -> visitElement(slot, slotIndex, one, visitor));
        }
        listVisitor = null;
        forgetElement();
    }

    /* It would keep the value, and the keys of large numbers, until a list has more of them. */
    private void forgetElement() {
        element.replace(0, null);
        element.clear(1);
    }

    private void visitElement(
            int slot, SlotIndex<Q> slotIndex, @Nullable Object value, PostingList.Visitor<? super Q> visitor) {
        if (value instanceof Map || value instanceof List) {
            visitElementStructure(slot, slotIndex, value, visitor);
        } else if (slotIndex.hasElements()) {
            visitKey(Part.ELEMENT, slot, value, visitor);
        }
    }

    private void visitElementStructure(
            int slot, SlotIndex<Q> slotIndex, Object value, PostingList.Visitor<? super Q> visitor) {
        if (slotIndex.hasStructureElements()) {
            long structure = StructureHash.of(value, termIndex.structures(), slots);
            termIndex.values().visitStructureElement(slot, structure, lists, visitor);
        }
        if (value instanceof Map<?, ?> map && !slotIndex.elementPaths().isEmpty()) {
            listVisitor = visitor;
            slotIndex.elementPaths().visit(map, innerVisitor);
        }
    }

    private void visitInner(int path, Object value) {
        PostingList.Visitor<? super Q> visitor = listVisitor;
        if (visitor != null) {
            visitKey(Part.INNER, path, value, visitor);
        }
    }

    private void visitKey(Part part, int at, @Nullable Object value, PostingList.Visitor<? super Q> visitor) {
        element.replace(0, value);
        if (ValueTable.isKey(element.type(0))) {
            termIndex.values().visitElement(part, at, element, 0, lists, visitor);
        }
    }

    private static <Q> void visitPoint(
            @Nullable IntervalTree<Q> ranges,
            long word,
            @Nullable String text,
            PostingList.Visitor<? super Q> visitor) {
        if (ranges != null) {
            ranges.visit(word, word, text, visitor);
        }
    }

    private static <Q> void visit(@Nullable PostingList<Q> postingList, PostingList.Visitor<? super Q> visitor) {
        if (postingList != null) {
            postingList.visit(visitor);
        }
    }
}
