package io.presence.query.internal.program;

import io.presence.query.Values;
import io.presence.query.internal.hash.PolynomialHash;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A keyed hash of lists, maps and big numbers. A value of a record that equals an operand, by
 * {@link io.presence.query.Values#equal}, has the same hash. Untrusted callers do not know the seed of the polynomial
 * and cannot choose collisions. A string that is a date-time has the hash of the timestamp that it denotes, since it
 * equals that too.
 *
 * <p><b>Cost.</b> Linear in the size of the value, in characters, which is added to the operations of the slots. The
 * stack is as deep as the value.
 * <p><b>Threads.</b> For one thread, and one value.
 */
public final class StructureHash {

    private static final int CHARS = 3;
    private static final long BYTE = 0xffL;
    private static final long LOW = 0xffff_ffffL;

    private final PolynomialHash polynomial;
    private final @Nullable Slots slots;
    private long operations;

    private StructureHash(PolynomialHash polynomial, @Nullable Slots slots) {
        this.polynomial = polynomial;
        this.slots = slots;
    }

    /**
     * Returns the hash of a value of a record.
     *
     * @param slots the slots whose operations are increased
     */
    public static long of(Object value, PolynomialHash polynomial, Slots slots) {
        StructureHash hash = new StructureHash(polynomial, slots);
        long sum = hash.value(value);
        slots.spend(hash.operations);
        return sum;
    }

    /** Returns the hash of an operand. */
    public static long of(Object operand, PolynomialHash polynomial) {
        return new StructureHash(polynomial, null).value(operand);
    }

    private long value(@Nullable Object value) {
        operations += Cost.NODE;
        if (value instanceof String text) {
            return string(text);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof Instant instant) {
            return instant(instant);
        }
        return words(value instanceof Boolean bool ? bool ? 't' : 'f' : 'n', 0);
    }

    private long string(String text) {
        TimestampText time = TimestampText.of(text);
        if (time == null) {
            return text('s', text);
        }
        operations += text.length();
        return instant(time.instant());
    }

    private long instant(Instant instant) {
        return words(words('z', instant.getEpochSecond()), instant.getNano());
    }

    private long number(Number number) {
        Object key = slots == null ? Values.key(number) : slots.key(number);
        if (key instanceof Long whole) {
            return words('i', whole);
        }
        if (key instanceof Double real) {
            return words('e', Double.doubleToRawLongBits(real));
        }
        return key instanceof BigDecimal big ? big(big) : words('x', 0);
    }

    private long big(BigDecimal number) {
        long sum = polynomial.step(polynomial.step(0, 'b'), number.scale() & LOW);
        byte[] digits = number.unscaledValue().toByteArray();
        for (byte some : digits) {
            sum = polynomial.step(sum, some & BYTE);
        }
        operations += digits.length;
        return polynomial.finish(sum);
    }

    private long list(List<?> list) {
        long sum = polynomial.step(0, 'l');
        for (Object element : list) {
            sum = step(sum, value(element));
        }
        return polynomial.finish(sum);
    }

    /** Returns the sum of the hashes of the members, which have no order. A null member is absent. */
    private long map(Map<?, ?> map) {
        long sum = 0;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            operations += Cost.NODE;
            if (member.getValue() != null && member.getKey() instanceof String key) {
                sum += words(text('k', key), value(member.getValue()));
            }
        }
        return words('m', sum);
    }

    private long text(char kind, String text) {
        long sum = polynomial.step(polynomial.step(0, kind), text.length());
        int at = 0;
        for (int end = text.length() - text.length() % CHARS; at < end; at += CHARS) {
            long chars = text.charAt(at) | (long) text.charAt(at + 1) << 16 | (long) text.charAt(at + 2) << 32;
            sum = polynomial.step(sum, chars);
        }
        for (; at < text.length(); at++) {
            sum = polynomial.step(sum, text.charAt(at));
        }
        operations += text.length();
        return polynomial.finish(sum);
    }

    private long words(long first, long second) {
        return polynomial.finish(step(step(0, first), second));
    }

    private long step(long sum, long word) {
        return polynomial.step(polynomial.step(sum, word >>> Integer.SIZE), word & LOW);
    }
}
