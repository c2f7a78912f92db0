package io.presence.query.internal.program;

import static java.util.Objects.requireNonNull;

import io.presence.query.Query;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A compiled filter: a graph of instructions.
 *
 * <p>One loop runs every program, so the JIT compiler need not specialise code for each form of a query.
 *
 * <p><b>Cost.</b> The only cycles lead from the end of an {@code elemMatch} to its next element, so each instruction
 * runs at most once, or once per element. It allocates only for values that {@link Slots} cannot store as a word:
 * numbers that are neither a {@code long} nor a {@code double}, numbers and timestamps within lists, and lists without
 * random access.
 * <p><b>Threads.</b> Immutable, except for the fields of the pool. Slots are for one thread.
 */
public final class Program {

    private static final int CHEAP = 16;
    private static final byte UNKNOWN = 0;
    private static final byte IS_CHEAP = 1;
    private static final byte COSTLY = 2;

    private final Query.Filter filter;
    private final Instruction entry;
    /* Set by the pool. */
    private int hash;
    private int users;
    /* The result of isCheap, once it was called. */
    private byte cheapness;

    Program(Query.Filter filter, Instruction entry) {
        this.filter = filter;
        this.entry = entry;
    }

    /**
     * Compiles a filter.
     *
     * @param filter in normal form for the shortest program
     * @param table has the slots of the paths of the filter
     */
    public static Program compile(Query.Filter filter, SlotTable<?> table) {
        return Compiler.compile(filter, table);
    }

    /** Returns an equal filter that takes less time to compile; the filter itself if there is none. */
    public static Query.Filter prepare(Query.Filter filter) {
        return Preparation.prepare(filter);
    }

    /** Returns the values of a comparison if they are those of a {@linkplain #prepare prepared} filter, else null. */
    public static @Nullable List<@Nullable Object> prepared(List<?> values) {
        return values instanceof SearchedValues ready ? ready : null;
    }

    /** Returns an upper bound of the operations of one evaluation of a filter on a legal record. */
    public static long worstCost(Query.Filter filter) {
        return CostEstimate.of(filter);
    }

    /** Returns an upper bound as {@link #worstCost} does, but closer, for a filter in normal form. */
    public static long worstCostOfNormal(Query.Filter normal) {
        return CostEstimate.ofNormal(normal);
    }

    Instruction entry() {
        return entry;
    }

    /** Returns the slot that an evaluation reads first. */
    public int firstSlot() {
        return entry.slot();
    }

    /** Returns the compiled filter. */
    public Query.Filter filter() {
        return filter;
    }

    /** Returns the hash that the pool has set. */
    public int hash() {
        return hash;
    }

    /** Sets the hash of the filter, for the pool. */
    public void hash(int given) {
        hash = given;
    }

    /** Adds a user. */
    public void use() {
        users++;
    }

    /** Removes a user. Returns whether there are others. */
    public boolean unuse() {
        return --users > 0;
    }

    /**
     * Returns whether the filter holds for the record in the slots. Adds the cost to {@link Slots#spent}: one operation
     * per instruction, and those that it spends on strings, lists and maps.
     */
    public boolean test(Slots slots) {
        Instruction at = entry;
        int asked = 0;
        while (at != Instruction.REJECT && at != Instruction.ACCEPT) {
            at = at.next(slots);
            asked++;
        }
        slots.spend(asked);
        return at == Instruction.ACCEPT;
    }

    /**
     * Returns whether an evaluation costs less than leaving it to another thread: it has at most {@value #CHEAP}
     * instructions, each of which compares words. The result is cached.
     */
    public boolean isCheap() {
        if (cheapness == UNKNOWN) {
            cheapness = reached(CHEAP, Instruction::comparesWords) == null ? COSTLY : IS_CHEAP;
        }
        return cheapness == IS_CHEAP;
    }

    /** Returns the number of instructions: the maximum for one evaluation, per element within a loop. */
    public int size() {
        return requireNonNull(reached(Integer.MAX_VALUE, instruction -> true)).size();
    }

    /* Returns all instructions, or null if there are more than most, or if one is not allowed. */
    private @Nullable Set<Instruction> reached(int most, Predicate<Instruction> allowed) {
        Set<Instruction> seen = new HashSet<>();
        Deque<Instruction> open = new ArrayDeque<>();
        reach(entry, seen, open);
        while (!open.isEmpty()) {
            Instruction next = open.pop();
            if (seen.size() > most || !allowed.test(next)) {
                return null;
            }
            reach(next.ifTrue(), seen, open);
            reach(next.ifFalse(), seen, open);
        }
        return seen;
    }

    private static void reach(Instruction one, Set<Instruction> seen, Deque<Instruction> open) {
        if (one != Instruction.REJECT && one != Instruction.ACCEPT && seen.add(one)) {
            open.push(one);
        }
    }
}
