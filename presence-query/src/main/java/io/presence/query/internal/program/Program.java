package io.presence.query.internal.program;

import io.presence.query.internal.slots.Slots;
import io.presence.query.internal.slots.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A compiled query: a sequence of instructions, each a question about one slot and where to go on for yes and for no.
 *
 * <p>An instruction is five words: operation, slot, constant, and the positions of the next instruction if it holds and if
 * it does not, where {@link #ACCEPT} and {@link #REJECT} end the run. One loop runs every program, so that a thousand
 * shapes of queries cost what one does: there is nothing that a compiler would have to specialise for each.
 *
 * <p><b>Cost.</b> Jumps only lead onwards, except from the end of an {@code elemMatch} to its next element: so each
 * instruction runs at most once, or once per element. Nothing is allocated, except by what {@link Slots} cannot hold as a
 * word: numbers beyond a {@code long} or {@code double}, numbers and timestamps within lists, lists without random access.
 * <p><b>Threads.</b> Immutable, but for what its pool keeps here; the slots are for one thread.
 */
public final class Program {
    static final int ACCEPT = -1;
    static final int REJECT = -2;
    static final int WORDS = 5;

    private static final int SLOT = 1;
    private static final int CONSTANT = 2;
    static final int IF_TRUE = 3;
    private static final int IF_FALSE = 4;

    private static final Object[] NONE = {};

    private final int[] code;
    private final Object[] constants;
    /* Of the pool that it is in. */
    private final int hash;
    private int users;

    Program(int[] code, Object[] constants) {
        this(code, constants.length == 0 ? NONE : constants, 0);
    }

    private Program(int[] code, Object[] constants, int hash) {
        this.code = code;
        this.constants = constants;
        this.hash = hash;
    }

    /** Returns this program with an equal code in the place of its own. */
    Program pooled(int newHash, int[] sharedCode) {
        return new Program(sharedCode, constants, newHash);
    }

    int[] code() {
        return code;
    }

    int hash() {
        return hash;
    }

    void use() {
        users++;
    }

    /** Returns whether it is still in use. */
    boolean unuse() {
        return --users > 0;
    }

    /** Tells whether another program asks the same questions of the same slots. */
    boolean isSameAs(Program other) {
        return Arrays.equals(code, other.code) && Arrays.deepEquals(constants, other.constants);
    }

    /** Tells whether the query holds for the record in the slots. */
    public boolean test(Slots slots) {
        /* The commonest operations are decided here, so that they are compiled into the loop. */
        int[] words = code;
        int at = words.length == 0 ? ACCEPT : 0;
        while (at >= 0) {
            int op = words[at];
            int slot = words[at + SLOT];
            boolean holds = switch (op) {
                case Op.EQUAL_STRING -> constants[words[at + CONSTANT]].equals(slots.objectOrNull(slot));
                case Op.EQUAL_LONG ->
                    slots.type(slot) == ValueType.LONG && slots.word(slot) == (Long) constants[words[at + CONSTANT]];
                case Op.NUMBER -> ((NumberRange) constants[words[at + CONSTANT]]).has(slots, slot);
                default -> holds(at, op, slots, slot);
            };
            at = words[at + (holds ? IF_TRUE : IF_FALSE)];
        }
        return at == ACCEPT;
    }

    /** Returns how many instructions there are: the questions that one evaluation asks at most, per element if in a loop. */
    public int size() {
        return code.length / WORDS;
    }

    private boolean holds(int at, int op, Slots slots, int slot) {
        Object constant = constant(at);
        return Op.isNegated(op)
                ? slots.type(slot) != ValueType.NULL && !holdsPositive(Op.code(op), constant, slots, slot)
                : holdsPositive(op, constant, slots, slot);
    }

    private static boolean holdsPositive(int op, Object constant, Slots slots, int slot) {
        return switch (op) {
            case Op.IS_NULL -> slots.type(slot) == ValueType.NULL;
            case Op.EQUAL_STRING -> constant.equals(slots.objectOrNull(slot));
            case Op.EQUAL, Op.EQUAL_LONG -> Constants.equal(slots, slot, constant);
            case Op.IN_FEW -> isIn(slots, slot, (Object[]) constant);
            case Op.IN_SET -> ((ValueSet) constant).hasSlot(slots, slot);
            case Op.NUMBER -> ((NumberRange) constant).has(slots, slot);
            case Op.TEXT -> ((TextRange) constant).has(slots, slot);
            case Op.STARTS_WITH ->
                slots.objectOrNull(slot) instanceof String text && text.startsWith((String) constant);
            case Op.ENDS_WITH -> slots.objectOrNull(slot) instanceof String text && text.endsWith((String) constant);
            case Op.CONTAINS -> contains(slots, slot, (ValueSet) constant);
            case Op.ELEMENTS -> startElements(slots, slot, (ElementScope) constant);
            case Op.NEXT_ELEMENT -> nextElement(slots, (ElementScope) constant);
            default -> false;
        };
    }

    /* An instruction that compares with nothing has the number of whatever constant there is, if any. */
    private Object constant(int at) {
        return constants.length == 0 ? constants : constants[code[at + CONSTANT]];
    }

    private static boolean isIn(Slots slots, int slot, Object[] few) {
        for (Object constant : few) {
            if (Constants.equal(slots, slot, constant)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(Slots slots, int slot, ValueSet values) {
        return switch (slots.type(slot)) {
            case ValueType.STRING -> values.hasSubstringOf((String) slots.object(slot));
            case ValueType.LIST -> values.hasElementOf((List<?>) slots.object(slot));
            default -> false;
        };
    }

    private static boolean startElements(Slots slots, int slot, ElementScope scope) {
        if (slots.type(slot) != ValueType.LIST) {
            return false;
        }
        slots.loop(scope.level()).start((List<?>) slots.object(slot));
        return true;
    }

    private static boolean nextElement(Slots slots, ElementScope scope) {
        Map<?, ?> element = slots.loop(scope.level()).advance();
        if (element == null) {
            return false;
        }
        scope.fill(element, slots);
        return true;
    }
}
