package io.presence.query.internal.program;

import io.presence.query.internal.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A condition on one slot with the instructions that follow if it is true or false. {@link #ACCEPT} and {@link #REJECT}
 * end an evaluation.
 *
 * <p>The most frequent conditions have one form: the slot has a given type, and its word is in a range. This form is
 * tested first, without a branch on the operation, so that the processor predicts its branches well. Only other
 * conditions use the operation.
 *
 * <p><b>Threads.</b> Immutable once the compiler has created the program.
 */
@SuppressWarnings("EnumOrdinal") // The ordinal is kept in memory only, as a byte in place of a reference.
final class Instruction {

    /** The end of an evaluation in which the filter holds. */
    static final Instruction ACCEPT = new Instruction();
    /** The end of an evaluation in which the filter does not hold. */
    static final Instruction REJECT = new Instruction();

    /* The type of no slot: the operation always decides. */
    private static final byte NO_TYPE = -1;

    private static final Op[] OPS = Op.values();
    /* The most characters of a string whose comparison counts as that of a few words. */
    private static final int MAX_SHORT = 1_024;
    private static final byte EQUAL_STRING = (byte) Op.EQUAL_STRING.ordinal();

    private final int slot;
    /* The ordinal of the operation: a byte and no reference, so that an instruction takes 48 bytes and not 56. */
    private final byte op;
    private final boolean isNegated;
    private final byte type;
    private final long low;
    private final long high;
    private final Object constant;
    /* The successors if the word is in the range and if it is not. A negated condition has them swapped. */
    private Instruction ifWithin;
    private final Instruction ifOutside;

    private Instruction() {
        this.slot = 0;
        this.op = (byte) Op.NEVER.ordinal();
        this.isNegated = false;
        this.constant = false;
        this.type = NO_TYPE;
        this.low = 0;
        this.high = 0;
        this.ifWithin = this;
        this.ifOutside = this;
    }

    Instruction(int slot, Condition condition, Instruction ifTrue, Instruction ifFalse) {
        Op operation = condition.op();
        Object operand = condition.constant();
        this.slot = slot;
        this.op = (byte) operation.ordinal();
        this.isNegated = condition.isNegated();
        this.constant = operand;
        this.type = type(operation);
        this.low = operand instanceof NumberRange range ? range.lowLong() : word(operation, operand, Long.MIN_VALUE);
        this.high = operand instanceof NumberRange range ? range.highLong() : word(operation, operand, Long.MAX_VALUE);
        this.ifWithin = isNegated ? ifFalse : ifTrue;
        this.ifOutside = isNegated ? ifTrue : ifFalse;
    }

    private static byte type(Op op) {
        return switch (op) {
            case IS_NULL -> ValueType.NULL;
            case EQUAL_STRING -> ValueType.STRING;
            case EQUAL_LONG, NUMBER -> ValueType.LONG;
            default -> NO_TYPE;
        };
    }

    /** Returns the only word that equals a constant, or the given end of all words if there is none. */
    private static long word(Op op, Object constant, long end) {
        return switch (op) {
            case EQUAL_STRING -> constant.hashCode();
            case EQUAL_LONG -> (Long) constant;
            default -> end;
        };
    }

    int slot() {
        return slot;
    }

    Instruction ifTrue() {
        return isNegated ? ifOutside : ifWithin;
    }

    Instruction ifFalse() {
        return isNegated ? ifWithin : ifOutside;
    }

    /** Returns whether this compares a few words or strings and nothing longer, for any value of the slot. */
    boolean comparesWords() {
        return switch (OPS[op]) {
            case NEVER, IS_NULL, EQUAL_LONG, NUMBER -> true;
            case EQUAL, EQUAL_STRING -> isShort(constant);
            case IN_FEW -> Arrays.stream((Object[]) constant).allMatch(Instruction::isShort);
            default -> false;
        };
    }

    private static boolean isShort(Object value) {
        return (value instanceof String text && text.length() <= MAX_SHORT)
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof TimestampText;
    }

    /**
     * Sets the successor for true, which can lead back to an earlier instruction in a loop. The condition must not be
     * negated.
     */
    void ifTrue(Instruction later) {
        ifWithin = later;
    }

    /** Returns the next instruction for the record in the slots. */
    Instruction next(Slots slots) {
        if (slots.type(slot) != type) {
            return nextOfOtherType(slots);
        }
        long word = slots.word(slot);
        if (word < low || word > high || (op == EQUAL_STRING && !isText(slots))) {
            return ifOutside;
        }
        return ifWithin;
    }

    private Instruction nextOfOtherType(Slots slots) {
        boolean isNull = isNegated && slots.type(slot) == ValueType.NULL;
        return isOther(slots) || isNull ? ifWithin : ifOutside;
    }

    private boolean isText(Slots slots) {
        Object text = slots.object(slot);
        return constant == text || Constants.equalText(slots, (String) text, (String) constant);
    }

    private boolean isOther(Slots slots) {
        return switch (OPS[op]) {
            case EQUAL -> Constants.equal(slots, slot, constant);
            case IN_FEW -> isIn(slots, (Object[]) constant);
            case IN_SET -> ((ValueSet) constant).hasSlot(slots, slot);
            case NUMBER -> ((NumberRange) constant).has(slots, slot);
            case TEXT -> ((TextRange) constant).has(slots, slot);
            case STARTS_WITH, ENDS_WITH ->
                slots.objectOrNull(slot) instanceof String text && hasAffix(slots, text, (String) constant);
            case CONTAINS -> ((Containment) constant).has(slots, slot);
            case ELEMENTS -> startElements(slots, (ElementScope) constant);
            case NEXT_ELEMENT -> nextElement(slots, (ElementScope) constant);
            default -> false;
        };
    }

    private boolean isIn(Slots slots, Object[] few) {
        for (Object one : few) {
            if (Constants.equal(slots, slot, one)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasAffix(Slots slots, String text, String affix) {
        slots.spend(Math.min(text.length(), affix.length()) / Cost.CHARS_PER_OPERATION);
        return OPS[op] == Op.STARTS_WITH ? Texts.startsWith(text, affix) : Texts.endsWith(text, affix);
    }

    private boolean startElements(Slots slots, ElementScope scope) {
        if (slots.type(slot) != ValueType.LIST) {
            return false;
        }
        slots.cursor(scope.level()).start((List<?>) slots.object(slot));
        return true;
    }

    private static boolean nextElement(Slots slots, ElementScope scope) {
        Map<?, ?> element = slots.cursor(scope.level()).advance();
        if (element == null) {
            return false;
        }
        scope.fill(element, slots);
        return true;
    }
}
