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
 * A compiled query: a graph of instructions, each a question about one slot that leads on to another one for yes and for no.
 *
 * <p>One loop runs every program, so that a thousand shapes of queries cost what one does: there is nothing that a compiler
 * would have to specialise for each.
 *
 * <p><b>Cost.</b> No way leads round, except from the end of an {@code elemMatch} to its next element: so each
 * instruction runs at most once, or once per element. Nothing is allocated, except by what {@link Slots} cannot hold as a
 * word: numbers beyond a {@code long} or {@code double}, numbers and timestamps within lists, lists without random access.
 * <p><b>Threads.</b> Immutable, but for what its pool keeps here; the slots are for one thread.
 */
public final class Program {
    private static final int CHEAP = 16;
    private static final byte UNKNOWN = 0;
    private static final byte IS_CHEAP = 1;
    private static final byte COSTLY = 2;

    private final Query.Filter filter;
    private final Instruction entry;
    /* Of the pool that it is in. */
    private int hash;
    private int users;
    /* Whether it is cheap, once somebody has asked. */
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

    /** Returns an upper bound as {@link #worstCost} does, and a lower one, since the filter is in normal form. */
    public static long worstCostOfNormal(Query.Filter normal) {
        return CostEstimate.ofNormal(normal);
    }

    Instruction entry() {
        return entry;
    }

    /** What it was compiled from. */
    public Query.Filter filter() {
        return filter;
    }

    /** Returns the hash that the pool has set. */
    public int hash() {
        return hash;
    }

    /** Sets the hash by which the pool finds this. */
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
     * Tells whether the query holds for the record in the slots, and adds what that cost to {@link Slots#spent}: one
     * operation per instruction, and what each reads of strings, lists and maps.
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
     * Tells whether a run costs less than leaving it to another thread: at most {@value #CHEAP} instructions, each of which
     * compares words. Counted once.
     */
    public boolean isCheap() {
        if (cheapness == UNKNOWN) {
            cheapness = reached(CHEAP, Instruction::comparesWords) == null ? COSTLY : IS_CHEAP;
        }
        return cheapness == IS_CHEAP;
    }

    /** Returns how many instructions there are: the questions that one evaluation asks at most, per element if in a loop. */
    public int size() {
        return requireNonNull(reached(Integer.MAX_VALUE, instruction -> true)).size();
    }

    /* All instructions, or null if there are more than so many, or one is none of those that are allowed. */
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
