package io.presence.query.internal.program;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A set of operands. Each kind is sorted, by value or by hash, and each operand has a position: strings come first,
 * then longs, doubles, booleans, structures and timestamps.
 *
 * <p><b>Cost.</b> A look-up takes time logarithmic in the number of operands, and linear in the size of the value if
 * that is a list, a map or a big number. It allocates nothing for other values.
 */
final class ValueSet {

    /** Up to this number of operands, single comparisons are as fast as a set. */
    static final int FEW = 4;
    /** The position of a value that is not in the set. */
    static final int NONE = -1;

    private static final double TWO_TO_63 = 0x1p63;

    private final TextSet texts;
    private final long[] longs;
    /* The bits of doubles as Values.key returns them. */
    private final long[] doubles;
    private final boolean[] booleans;
    private final StructureSet structures;
    private final Instant[] instants;

    /** Creates a set of constants, as {@link Constants} describes them. */
    ValueSet(Collection<?> constants) {
        texts = new TextSet(parts(constants, Constants::text));
        longs = words(parts(constants, each -> each instanceof Long number ? number : null));
        doubles = words(parts(
                constants, each -> each instanceof Double number ? (Long) Double.doubleToRawLongBits(number) : null));
        booleans = new boolean[] {constants.contains(false), constants.contains(true)};
        structures = StructureSet.of(parts(constants, each -> Constants.isStructure(each) ? each : null));
        instants = parts(constants, each -> each instanceof TimestampText time ? time.instant() : null).stream()
                .sorted()
                .distinct()
                .toArray(Instant[]::new);
    }

    private static <T> List<T> parts(Collection<?> constants, Function<Object, @Nullable T> part) {
        List<T> parts = new ArrayList<>();
        for (Object constant : constants) {
            T found = part.apply(constant);
            if (found != null) {
                parts.add(found);
            }
        }
        return parts;
    }

    private static long[] words(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    }

    TextSet texts() {
        return texts;
    }

    /** Returns the number of positions. */
    int size() {
        return afterStructures() + instants.length;
    }

    /** Returns the number of distinct operands. */
    int operands() {
        return texts.size() + longs.length + doubles.length + count(booleans) + structures.size();
    }

    private static int count(boolean[] flags) {
        return (flags[0] ? 1 : 0) + (flags[1] ? 1 : 0);
    }

    private int afterDoubles() {
        return texts.size() + longs.length + doubles.length;
    }

    /** Returns whether a position is that of an operand. Others are those of the timestamps that strings denote. */
    boolean isOperand(int position) {
        return position < afterStructures();
    }

    private int afterStructures() {
        return afterDoubles() + booleans.length + structures.size();
    }

    /** Returns whether a string operand denotes a timestamp. */
    boolean hasTimestamp() {
        return instants.length > 0;
    }

    /** Returns the position of the timestamp that the string operand at a position denotes, or -1. */
    int positionAsTime(int position) {
        TimestampText time = TimestampText.of(texts.get(position));
        return time == null ? NONE : ofInstant(time.instant());
    }

    /** Returns whether the value of a slot equals one of the constants. */
    boolean hasSlot(Slots slots, int slot) {
        return switch (slots.type(slot)) {
            case ValueType.STRING -> texts.find((String) slots.object(slot)) != NONE;
            case ValueType.LONG -> Arrays.binarySearch(longs, slots.word(slot)) >= 0;
            case ValueType.DOUBLE -> Arrays.binarySearch(doubles, slots.word(slot)) >= 0;
            case ValueType.BOOLEAN -> booleans[(int) slots.word(slot)];
            case ValueType.INSTANT -> hasInstant(slots, slot);
            case ValueType.BIG, ValueType.LIST, ValueType.MAP -> structures.find(slots.object(slot), slots) != NONE;
            default -> false;
        };
    }

    private boolean hasInstant(Slots slots, int slot) {
        int low = 0;
        int high = instants.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = slots.compareInstant(slot, instants[middle]);
            if (order == 0) {
                return true;
            }
            low = order > 0 ? middle + 1 : low;
            high = order > 0 ? high : middle;
        }
        return false;
    }

    /** Returns the position of the constant that an element of a list equals, or -1. */
    int find(@Nullable Object element, Slots slots) {
        if (element instanceof String text) {
            return texts.find(text);
        }
        if (element instanceof Number number) {
            return ofNumber(number, slots);
        }
        if (element instanceof Boolean bool) {
            return booleans[bool ? 1 : 0] ? afterDoubles() + (bool ? 1 : 0) : NONE;
        }
        if (element instanceof Instant instant) {
            return ofInstant(instant);
        }
        return element instanceof List || element instanceof Map ? ofStructure(element, slots) : NONE;
    }

    private int ofNumber(Number number, Slots slots) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return ofLong(number.longValue());
        }
        if (number instanceof Double || number instanceof Float) {
            return ofDouble(number.doubleValue());
        }
        if (longs.length == 0 && doubles.length == 0 && structures.size() == 0) {
            return NONE;
        }
        Object key = slots.key(number);
        if (key instanceof Long whole) {
            return ofLong(whole);
        }
        if (key instanceof Double real) {
            return ofDouble(real);
        }
        return key == null ? NONE : ofStructure(key, slots);
    }

    private int ofLong(long number) {
        int found = Arrays.binarySearch(longs, number);
        return found < 0 ? NONE : texts.size() + found;
    }

    private int ofDouble(double number) {
        long whole = (long) number;
        if (whole == number && number < TWO_TO_63) {
            return ofLong(whole);
        }
        int found = Arrays.binarySearch(doubles, Double.doubleToRawLongBits(number));
        return found < 0 ? NONE : texts.size() + longs.length + found;
    }

    private int ofStructure(Object value, Slots slots) {
        int found = structures.find(value, slots);
        return found == NONE ? NONE : afterDoubles() + booleans.length + found;
    }

    private int ofInstant(Instant instant) {
        int found = Arrays.binarySearch(instants, instant);
        return found < 0 ? NONE : afterStructures() + found;
    }
}
