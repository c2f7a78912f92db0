package io.presence.query.internal.program;

import io.presence.query.internal.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The operands of {@code contains} and similar methods, any or all of which must be elements of a list or parts of a
 * string.
 *
 * <p><b>Cost.</b> One pass over the list or the string, for any number of operands.
 */
final class Containment {

    /* Up to this length the search of the JDK, whose worst case is the product of the lengths, is fast enough. */
    private static final int SHORT = 8;

    private final ValueSet values;
    private final boolean isAll;
    private final boolean isShort;
    /* Null if no operand is a string. */
    private final @Nullable NeedleSearch search;

    /** Creates a test from operands as {@link Constants} describes them. */
    Containment(List<Object> constants, boolean isAll) {
        this.isAll = isAll;
        values = new ValueSet(constants);
        List<String> needles = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < values.texts().size(); i++) {
            needles.add(values.texts().get(i));
            length += values.texts().get(i).length();
        }
        isShort = length <= SHORT && needles.size() <= ValueSet.FEW;
        search = needles.isEmpty() || isShort ? null : new NeedleSearch(needles);
    }

    /** Returns whether a slot contains any or all of the operands. */
    boolean has(Slots slots, int slot) {
        return switch (slots.type(slot)) {
            case ValueType.STRING -> hasParts((String) slots.object(slot), slots);
            case ValueType.LIST -> hasElements((List<?>) slots.object(slot), slots);
            default -> false;
        };
    }

    /** Returns whether any or all of the operands are parts of a string. */
    boolean hasParts(String text, Slots slots) {
        if (isAll && values.operands() > values.texts().size()) {
            return false;
        }
        NeedleSearch many = search;
        if (many != null) {
            return isAll ? many.hasAll(text, slots) : many.hasAny(text, slots);
        }
        slots.spend(Cost.SEARCH * (long) text.length());
        return hasShortParts(text);
    }

    private boolean hasShortParts(String text) {
        TextSet few = values.texts();
        for (int i = 0; i < few.size(); i++) {
            if (Texts.contains(text, few.get(i)) != isAll) {
                return !isAll;
            }
        }
        return isAll;
    }

    /** Returns whether any or all of the operands are elements of a list. */
    boolean hasElements(List<?> list, Slots slots) {
        List<?> elements = list instanceof RandomAccess ? list : new ArrayList<>(list);
        return isAll ? hasAllElements(elements, slots) : hasAnyElement(elements, slots);
    }

    private boolean hasAnyElement(List<?> list, Slots slots) {
        int at = 0;
        boolean found = false;
        while (!found && at < list.size()) {
            found = values.find(list.get(at++), slots) != ValueSet.NONE;
        }
        slots.spend((long) Cost.ELEMENT * at);
        return found;
    }

    private boolean hasAllElements(List<?> list, Slots slots) {
        long[] seen = slots.scratch(values.size());
        int missing = values.operands();
        int at = 0;
        while (missing > 0 && at < list.size()) {
            int position = values.find(list.get(at++), slots);
            if (position != ValueSet.NONE && !isSeen(seen, position)) {
                seen[position >> 6] |= 1L << position;
                missing -= values.isOperand(position) ? 1 : 0;
            }
        }
        slots.spend((long) Cost.ELEMENT * at + values.size() / Long.SIZE + (values.hasTimestamp() ? values.size() : 0));
        return missing == 0 || missing == countSeenAsTime(seen);
    }

    /** Returns the number of strings that are no element themselves while the timestamp that they denote is one. */
    private int countSeenAsTime(long[] seen) {
        int count = 0;
        for (int i = 0; values.hasTimestamp() && i < values.texts().size(); i++) {
            int time = isSeen(seen, i) ? ValueSet.NONE : values.positionAsTime(i);
            count += time != ValueSet.NONE && isSeen(seen, time) ? 1 : 0;
        }
        return count;
    }

    private static boolean isSeen(long[] seen, int position) {
        return (seen[position >> 6] >>> position & 1) != 0;
    }
}
