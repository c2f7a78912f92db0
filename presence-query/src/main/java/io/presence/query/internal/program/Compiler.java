package io.presence.query.internal.program;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import io.presence.query.internal.slots.SlotTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a {@link Program} of a filter.
 *
 * <p>The instructions are emitted last first, so that where to go on is always known. Within {@code and} and {@code or} the
 * cheap questions come first: which one is asked first changes no answer, since none can fail.
 *
 * <p><b>Cost.</b> O(n log n) in the size of the filter; the stack is as deep as the filter.
 * <p><b>Threads.</b> For one thread, and one filter.
 */
public final class Compiler {
    private static final Comparator<Query.Filter> CHEAP_FIRST = Comparator.comparingInt(Compiler::rank);

    private final SlotTable<?> table;
    private final List<int[]> reversed = new ArrayList<>();
    private final List<Object> constants = new ArrayList<>();
    private int level = PathUse.RECORD;

    private Compiler(SlotTable<?> table) {
        this.table = table;
    }

    /**
     * Compiles a filter.
     *
     * @param filter to be compiled; in normal form for the shortest program
     * @param table gives the slots of its paths, which are to be {@linkplain #retain retained}
     */
    public static Program compile(Query.Filter filter, SlotTable<?> table) {
        Compiler compiler = new Compiler(table);
        int entry = compiler.emit(filter, Program.ACCEPT, Program.REJECT);
        compiler.dropAfter(entry);
        if (entry == Program.REJECT) {
            compiler.instruction(Op.NEVER, 0, Program.REJECT, Program.REJECT);
        }
        return new Program(compiler.code(), compiler.constants.toArray());
    }

    /** Retains the slots of all paths of a filter. */
    public static void retain(Query.Filter filter, SlotTable<?> table) {
        PathUse.visit(filter, (level, path) -> {
            if (level == PathUse.RECORD) {
                table.retain(path);
            } else {
                table.retainElement(level, path);
            }
        });
    }

    /** Gives back the slots that {@link #retain} took. */
    public static void release(Query.Filter filter, SlotTable<?> table) {
        PathUse.visit(filter, (level, path) -> {
            if (level == PathUse.RECORD) {
                table.release(path);
            } else {
                table.releaseElement(level, path);
            }
        });
    }

    /* What was emitted after the entry can't be reached: it comes beside a part that always or never holds. */
    private void dropAfter(int entry) {
        reversed.subList(Math.max(0, entry + 1), reversed.size()).clear();
    }

    private int[] code() {
        int[] code = new int[reversed.size() * Program.WORDS];
        for (int i = 0; i < reversed.size(); i++) {
            int[] words = reversed.get(reversed.size() - 1 - i);
            for (int word = 0; word < Program.WORDS; word++) {
                boolean target = word >= Program.IF_TRUE && words[word] >= 0;
                code[i * Program.WORDS + word] =
                        target ? (reversed.size() - 1 - words[word]) * Program.WORDS : words[word];
            }
        }
        return code;
    }

    private int emit(Query.Filter filter, int ifTrue, int ifFalse) {
        return filter.accept(new Emission(ifTrue, ifFalse));
    }

    /** Emits filters that are asked one after the other, until one of them decides. */
    private int emitEach(List<Query.Filter> filters, boolean haveToHold, int ifTrue, int ifFalse) {
        int next = haveToHold ? ifTrue : ifFalse;
        List<Query.Filter> sorted = filters.stream().sorted(CHEAP_FIRST).toList();
        for (int i = sorted.size() - 1; i >= 0; i--) {
            next = haveToHold ? emit(sorted.get(i), next, ifFalse) : emit(sorted.get(i), ifTrue, next);
        }
        return next;
    }

    private int instruction(int op, int slot, int ifTrue, int ifFalse) {
        reversed.add(new int[] {op, slot, Math.max(0, constants.size() - 1), ifTrue, ifFalse});
        return reversed.size() - 1;
    }

    private int instruction(int op, int slot, Object constant, int ifTrue, int ifFalse) {
        constants.add(constant);
        return instruction(op, slot, ifTrue, ifFalse);
    }

    private int slot(AttributePath path) {
        return level == PathUse.RECORD ? table.slot(path) : table.elementSlot(level, path);
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

    /** Emits a filter, to go on at one position if it holds and at another if it does not. Returns where it starts. */
    private final class Emission implements Query.FilterVisitor<Integer> {
        private final int ifTrue;
        private final int ifFalse;

        private Emission(int ifTrue, int ifFalse) {
            this.ifTrue = ifTrue;
            this.ifFalse = ifFalse;
        }

        @Override
        public Integer comparison(Query.Comparison node) {
            List<Object> values = node.values().stream().map(Constants::of).toList();
            int slot = slot(node.attribute());
            boolean negated = node.method().isNegated();
            int next = ifTrue;
            /* More than one only of a method that has no negation. */
            for (Leaf leaf : Leaf.allOf(node.method().positive(), values)) {
                int op = negated ? Op.negated(leaf.op()) : leaf.op();
                next = instruction(op, slot, leaf.constant(), next, ifFalse);
            }
            return next;
        }

        @Override
        public Integer nullCheck(Query.NullCheck node) {
            boolean negated = node.method().isNegated();
            return instruction(
                    Op.IS_NULL, slot(node.attribute()), negated ? ifFalse : ifTrue, negated ? ifTrue : ifFalse);
        }

        @Override
        public Integer exists(Query.Exists node) {
            boolean negated = node.method().isNegated();
            int next = negated ? ifTrue : ifFalse;
            for (AttributePath attribute : node.attributes()) {
                next = instruction(Op.IS_NULL, slot(attribute), next, negated ? ifFalse : ifTrue);
            }
            return next;
        }

        @Override
        public Integer elemMatch(Query.ElemMatch node) {
            int slot = slot(node.attribute());
            level++;
            ElementScope scope = scope(node);
            int next = instruction(Op.NEXT_ELEMENT, slot, scope, ifTrue, ifFalse);
            int body = emitEach(node.filters(), true, ifTrue, next);
            reversed.get(next)[Program.IF_TRUE] = body;
            level--;
            return instruction(Op.ELEMENTS, slot, scope, next, ifFalse);
        }

        private ElementScope scope(Query.ElemMatch node) {
            List<AttributePath> paths = List.copyOf(PathUse.within(node.filters()));
            return new ElementScope(
                    level, paths, paths.stream().mapToInt(Compiler.this::slot).toArray());
        }

        @Override
        public Integer and(Query.And node) {
            return emitEach(node.filters(), true, ifTrue, ifFalse);
        }

        @Override
        public Integer or(Query.Or node) {
            return emitEach(node.filters(), false, ifTrue, ifFalse);
        }
    }
}
