package io.presence.query.internal.program;

import io.presence.query.Values;
import io.presence.query.internal.Texts;
import io.presence.query.internal.slots.Slots;
import io.presence.query.internal.slots.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many operands, of which any may be equal: strings in a hash set, longs in a sorted array, the others one by one.
 *
 * <p><b>Cost.</b> Finding a string takes constant time, a long logarithmic, anything else linear in the number of others.
 * Nothing is allocated.
 */
final class ValueSet {
    /** So many operands are compared one by one: no set is faster. */
    static final int FEW = 4;

    private final Set<String> texts = new HashSet<>();
    /* The same strings, to go through without an iterator. */
    private final String[] parts;
    private final long[] longs;
    private final Object[] others;

    /** Makes a set of constants, as {@link Constants} describes them. */
    ValueSet(Collection<?> constants) {
        List<Object> rest = new ArrayList<>();
        for (Object constant : constants) {
            String text = Constants.text(constant);
            if (text != null) {
                texts.add(text);
            }
            if (!(constant instanceof String || constant instanceof Long)) {
                rest.add(constant);
            }
        }
        longs = longs(constants);
        others = rest.toArray();
        parts = texts.toArray(String[]::new);
    }

    private static long[] longs(Collection<?> constants) {
        long[] found = new long[constants.size()];
        int count = 0;
        for (Object constant : constants) {
            if (constant instanceof Long number) {
                found[count++] = number;
            }
        }
        Arrays.sort(found, 0, count);
        return Arrays.copyOf(found, count);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValueSet set
                && texts.equals(set.texts)
                && Arrays.equals(longs, set.longs)
                && Arrays.equals(others, set.others);
    }

    @Override
    public int hashCode() {
        return Objects.hash(texts, Arrays.hashCode(longs), Arrays.hashCode(others));
    }

    /** Tells whether a slot is equal to one of the constants. */
    boolean hasSlot(Slots slots, int slot) {
        return switch (slots.type(slot)) {
            case ValueType.NULL -> false;
            case ValueType.STRING -> texts.contains(slots.objectOrNull(slot));
            case ValueType.LONG -> Arrays.binarySearch(longs, slots.word(slot)) >= 0;
            default -> otherHas(slots, slot);
        };
    }

    private boolean otherHas(Slots slots, int slot) {
        for (Object other : others) {
            if (Constants.equal(slots, slot, other)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a list has an element that is equal to one of the constants. */
    boolean hasElementOf(List<?> list) {
        if (!(list instanceof RandomAccess)) {
            return list.stream().anyMatch(this::hasElement);
        }
        for (int i = 0; i < list.size(); i++) {
            if (hasElement(list.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean hasElement(@Nullable Object element) {
        if (element instanceof String) {
            return texts.contains(element);
        }
        if (element == null) {
            return false;
        }
        if (element instanceof Number number) {
            return hasNumber(number);
        }
        for (Object other : others) {
            if (Constants.equalElement(element, other)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasNumber(Number number) {
        if (Values.key(number) instanceof Long whole) {
            return Arrays.binarySearch(longs, whole) >= 0;
        }
        for (Object other : others) {
            if (Constants.equalElement(number, other)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a string has one of those that are strings as a substring. */
    boolean hasSubstringOf(String text) {
        for (String part : parts) {
            if (Texts.contains(text, part)) {
                return true;
            }
        }
        return false;
    }
}
