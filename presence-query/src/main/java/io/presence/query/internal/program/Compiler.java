package io.presence.query.internal.program;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The compiler from a filter to a {@link Program}.
 *
 * <p>Instructions are created from the last to the first, so that their successors exist. Within {@code and} and
 * {@code or} cheap conditions are evaluated first. The order does not change the result, since no condition can fail.
 *
 * <p><b>Cost.</b> O(n log n) in the size of the filter; the stack is as deep as the filter.
 * <p><b>Threads.</b> For one thread, and one filter.
 */
final class Compiler {

    private static final Comparator<Query.Filter> CHEAP_FIRST = Comparator.comparingInt(Compiler::rank);

    private final SlotTable<?> table;
    private int level = PathVisitor.RECORD;

    private Compiler(SlotTable<?> table) {
        this.table = table;
    }

    /**
     * Compiles a filter.
     *
     * @param filter the filter, in normal form for the shortest program
     * @param table the slots of its paths, which must be {@linkplain SlotTable#retain(Query.Filter) retained}
     */
    static Program compile(Query.Filter filter, SlotTable<?> table) {
        Instruction entry = new Compiler(table).emit(filter, Instruction.ACCEPT, Instruction.REJECT);
        return new Program(filter, entry);
    }

    private Instruction emit(Query.Filter filter, Instruction ifTrue, Instruction ifFalse) {
        return filter.accept(new Emission(ifTrue, ifFalse));
    }

    /** Emits filters that are evaluated in sequence until one of them decides. */
    private Instruction emitEach(
            List<Query.Filter> filters, boolean haveToHold, Instruction ifTrue, Instruction ifFalse) {
        Instruction next = haveToHold ? ifTrue : ifFalse;
        Query.Filter[] sorted = filters.toArray(Query.Filter[]::new);
        Arrays.sort(sorted, CHEAP_FIRST);
        for (int i = sorted.length - 1; i >= 0; i--) {
            next = haveToHold ? emit(sorted[i], next, ifFalse) : emit(sorted[i], ifTrue, next);
        }
        return next;
    }

    private int slot(AttributePath path) {
        return level == PathVisitor.RECORD ? table.slot(path) : table.elementSlot(level, path);
    }

    private static int rank(Query.Filter filter) {
        return switch (filter.method()) {
            case IS_NULL, IS_NOT_NULL, EXISTS, NOT_EXISTS -> 0;
            case EQUAL, NOT_EQUAL -> 1;
            case CONTAINS, NOT_CONTAINS, CONTAINS_ANY, CONTAINS_ALL -> 3;
            case AND, OR -> 4;
            case ELEM_MATCH -> 5;
            default -> 2;
        };
    }

    /** Emits a filter with a successor for true and one for false. Each visit returns the first instruction. */
    private final class Emission implements Query.FilterVisitor<Instruction> {
        private final Instruction ifTrue;
        private final Instruction ifFalse;

        private Emission(Instruction ifTrue, Instruction ifFalse) {
            this.ifTrue = ifTrue;
            this.ifFalse = ifFalse;
        }

        @Override
        public Instruction comparison(Query.Comparison node) {
            int slot = slot(node.attribute());
            boolean negated = node.method().isNegated();
            Condition leaf = SearchedValues.leaf(node);
            return new Instruction(slot, negated ? leaf.negated() : leaf, ifTrue, ifFalse);
        }

        @Override
        public Instruction nullCheck(Query.NullCheck node) {
            boolean negated = node.method().isNegated();
            return isNull(node.attribute(), negated ? ifFalse : ifTrue, negated ? ifTrue : ifFalse);
        }

        @Override
        public Instruction exists(Query.Exists node) {
            boolean negated = node.method().isNegated();
            Instruction next = negated ? ifTrue : ifFalse;
            for (AttributePath attribute : node.attributes()) {
                next = isNull(attribute, next, negated ? ifFalse : ifTrue);
            }
            return next;
        }

        private Instruction isNull(AttributePath attribute, Instruction whenNull, Instruction whenNot) {
            return new Instruction(slot(attribute), Condition.IS_NULL, whenNull, whenNot);
        }

        @Override
        public Instruction elemMatch(Query.ElemMatch node) {
            int slot = slot(node.attribute());
            level++;
            ElementScope scope = scope(node);
            Instruction next =
                    new Instruction(slot, new Condition(Op.NEXT_ELEMENT, false, scope), Instruction.REJECT, ifFalse);
            next.ifTrue(emitEach(node.filters(), true, ifTrue, next));
            level--;
            return new Instruction(slot, new Condition(Op.ELEMENTS, false, scope), next, ifFalse);
        }

        private ElementScope scope(Query.ElemMatch node) {
            List<AttributePath> paths = List.copyOf(PathVisitor.within(node.filters()));
            return new ElementScope(
                    level, paths, paths.stream().mapToInt(Compiler.this::slot).toArray());
        }

        @Override
        public Instruction and(Query.And node) {
            return emitEach(node.filters(), true, ifTrue, ifFalse);
        }

        @Override
        public Instruction or(Query.Or node) {
            return emitEach(node.filters(), false, ifTrue, ifFalse);
        }
    }
}
