package io.presence.query.internal.program;

import io.presence.query.internal.hash.Polynomial;
import io.presence.query.internal.slots.Slots;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of lists, maps and big numbers: values that {@link io.presence.query.Values#equal} calls equal have equal
 * hashes, and those who do not know the secret seed cannot choose others that collide. The exception is a value with a
 * timestamp in it, which has no hash: an operand in its place is a string.
 *
 * <p><b>Cost.</b> Linear in the size of the value, which is spent on the slots.
 * <p><b>Threads.</b> For one thread, and one value.
 */
final class StructureHash {
    private static final Polynomial POLYNOMIAL = new Polynomial(new SecureRandom().nextLong());
    private static final int CHARS = 3;
    private static final long BYTE = 0xffL;
    private static final long LOW = 0xffff_ffffL;

    private final Slots slots;
    private boolean hasTimestamp;
    private long operations;

    private StructureHash(Slots slots) {
        this.slots = slots;
    }

    /** Returns the hash of a value of a record, or null if a timestamp is in it. */
    static @Nullable Long of(Object value, Slots slots) {
        StructureHash hash = new StructureHash(slots);
        long sum = hash.value(value);
        slots.spend(hash.operations);
        return hash.hasTimestamp ? null : sum;
    }

    private long value(@Nullable Object value) {
        operations += Cost.NODE;
        if (value instanceof String text) {
            return text('s', text);
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
        hasTimestamp |= value instanceof Instant;
        return words(value instanceof Boolean bool ? bool ? 't' : 'f' : 'n', 0);
    }

    private long number(Number number) {
        Object key = slots.key(number);
        if (key instanceof Long whole) {
            return words('i', whole);
        }
        if (key instanceof Double real) {
            return words('e', Double.doubleToRawLongBits(real));
        }
        return key instanceof BigDecimal big ? big(big) : words('x', 0);
    }

    private long big(BigDecimal number) {
        long sum = POLYNOMIAL.step(POLYNOMIAL.step(0, 'b'), number.scale() & LOW);
        byte[] digits = number.unscaledValue().toByteArray();
        for (byte some : digits) {
            sum = POLYNOMIAL.step(sum, some & BYTE);
        }
        operations += digits.length;
        return POLYNOMIAL.finish(sum);
    }

    private long list(List<?> list) {
        long sum = POLYNOMIAL.step(0, 'l');
        for (Object element : list) {
            sum = step(sum, value(element));
        }
        return POLYNOMIAL.finish(sum);
    }

    /** The sum of its members, since they have no order; a member that is null is none. */
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
        long sum = POLYNOMIAL.step(POLYNOMIAL.step(0, kind), text.length());
        int at = 0;
        for (int end = text.length() - text.length() % CHARS; at < end; at += CHARS) {
            long chars = text.charAt(at) | (long) text.charAt(at + 1) << 16 | (long) text.charAt(at + 2) << 32;
            sum = POLYNOMIAL.step(sum, chars);
        }
        for (; at < text.length(); at++) {
            sum = POLYNOMIAL.step(sum, text.charAt(at));
        }
        operations += text.length();
        return POLYNOMIAL.finish(sum);
    }

    private static long words(long first, long second) {
        return POLYNOMIAL.finish(step(step(0, first), second));
    }

    private static long step(long sum, long word) {
        return POLYNOMIAL.step(POLYNOMIAL.step(sum, word >>> Integer.SIZE), word & LOW);
    }
}
