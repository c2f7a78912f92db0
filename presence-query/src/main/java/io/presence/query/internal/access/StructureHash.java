package io.presence.query.internal.access;

import io.presence.query.Values;
import io.presence.query.internal.hash.Polynomial;
import io.presence.query.internal.program.TimeText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A keyed hash of lists and maps. A value of a record that is equal to an operand, by {@link Values#equal}, has the same hash.
 * The converse need not hold: a string that is a date-time has the hash of the timestamp that it denotes, since it is equal to
 * that one too.
 *
 * <p><b>Cost.</b> Linear in the size of the value, in characters. Nothing is allocated except for numbers that neither a
 * {@code long} nor a {@code double} holds, for strings that are date-times and for iterators. The stack is as deep as the value.
 * <p><b>Threads.</b> Immutable.
 */
public final class StructureHash {
    private static final long LOW = 0xffff_ffffL;
    private static final long BYTE = 0xffL;

    private final Polynomial polynomial;

    /**
     * Makes the hash of one seed.
     *
     * @param seed not to be known to untrusted callers who choose what is hashed
     */
    public StructureHash(long seed) {
        polynomial = new Polynomial(seed);
    }

    /** Returns the hash of a list or map. */
    public long of(Object value) {
        return polynomial.finish(add(1, value));
    }

    private long add(long sum, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return addList(sum, list);
        }
        if (value instanceof Map<?, ?> map) {
            return addMap(sum, map);
        }
        if (value instanceof String text) {
            TimeText time = TimeText.of(text);
            return time == null ? addText(tag(sum, 's'), text) : addInstant(sum, time.instant());
        }
        return value instanceof Instant instant
                ? addInstant(sum, instant)
                : addKey(sum, Values.key(value), value == null);
    }

    private long addKey(long sum, @Nullable Object key, boolean isNull) {
        if (key instanceof Long number) {
            return addWord(tag(sum, 'i'), number);
        }
        if (key instanceof Double number) {
            return addWord(tag(sum, 'e'), Double.doubleToLongBits(number));
        }
        if (key instanceof BigDecimal number) {
            return addBig(tag(sum, 'd'), number);
        }
        return key instanceof Boolean bool ? tag(sum, bool ? 't' : 'f') : tag(sum, isNull ? 'n' : 'o');
    }

    private long addBig(long sum, BigDecimal number) {
        byte[] digits = number.unscaledValue().toByteArray();
        long next = addWord(addWord(sum, number.scale()), digits.length);
        for (byte digit : digits) {
            next = polynomial.step(next, digit & BYTE);
        }
        return next;
    }

    private long addInstant(long sum, Instant instant) {
        return addWord(addWord(tag(sum, 'z'), instant.getEpochSecond()), instant.getNano());
    }

    private long addList(long sum, List<?> list) {
        long next = addWord(tag(sum, 'l'), list.size());
        for (Object element : list) {
            next = add(next, element);
        }
        return next;
    }

    /* A sum, so that the order of the members does not matter. A missing member is null. */
    private long addMap(long sum, Map<?, ?> map) {
        long members = 0;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (member.getKey() instanceof String key && member.getValue() != null) {
                members += polynomial.finish(add(addText(1, key), member.getValue()));
            }
        }
        return addWord(tag(sum, 'm'), members);
    }

    private long addText(long sum, String text) {
        long next = addWord(sum, text.length());
        for (int i = 0; i < text.length(); i++) {
            next = polynomial.step(next, text.charAt(i) + 1L);
        }
        return next;
    }

    private long addWord(long sum, long word) {
        return polynomial.step(polynomial.step(sum, (word >>> Integer.SIZE) + 1), (word & LOW) + 1);
    }

    private long tag(long sum, char tag) {
        return polynomial.step(sum, tag);
    }
}
