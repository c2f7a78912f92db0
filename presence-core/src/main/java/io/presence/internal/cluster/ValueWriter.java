package io.presence.internal.cluster;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds the values of metadata to a buffer, each with a tag of its class. Metadata has been validated by the store. */
final class ValueWriter {

    private final FrameBuffer out;

    ValueWriter(FrameBuffer out) {
        this.out = out;
    }

    /** Adds the members of a map, in their order. */
    void writeMembers(Map<String, ? extends @Nullable Object> members) {
        out.putVarint(members.size());
        members.forEach((key, value) -> {
            out.putText(key);
            write(value);
        });
    }

    private void write(@Nullable Object value) {
        if (value == null) {
            out.putByte(FrameFormat.NULL);
        } else if (value instanceof Boolean truth) {
            out.putByte(truth ? FrameFormat.TRUE : FrameFormat.FALSE);
        } else if (value instanceof Number number) {
            writeNumber(number);
        } else if (value instanceof String text) {
            out.putByte(FrameFormat.TEXT);
            out.putText(text);
        } else if (value instanceof List<?> list) {
            writeList(list);
        } else {
            writeMap((Map<?, ?>) value);
        }
    }

    private void writeList(List<?> list) {
        out.putByte(FrameFormat.LIST);
        out.putVarint(list.size());
        list.forEach(this::write);
    }

    private void writeMap(Map<?, ?> map) {
        out.putByte(FrameFormat.MAP);
        out.putVarint(map.size());
        map.forEach((key, value) -> {
            out.putText((String) key);
            write(value);
        });
    }

    private void writeNumber(Number number) {
        if (number instanceof Double real) {
            out.putByte(FrameFormat.DOUBLE);
            out.putLong(Double.doubleToRawLongBits(real));
        } else if (number instanceof Float real) {
            out.putByte(FrameFormat.FLOAT);
            out.putInt(Float.floatToRawIntBits(real));
        } else if (number instanceof BigInteger whole) {
            out.putByte(FrameFormat.BIG_INTEGER);
            writeDigits(whole);
        } else if (number instanceof BigDecimal decimal) {
            out.putByte(FrameFormat.BIG_DECIMAL);
            out.putZigzag(decimal.scale());
            writeDigits(decimal.unscaledValue());
        } else {
            out.putByte(tag(number));
            out.putZigzag(number.longValue());
        }
    }

    private void writeDigits(BigInteger number) {
        byte[] digits = number.toByteArray();
        out.putVarint(digits.length);
        out.putBytes(digits);
    }

    private static int tag(Number number) {
        if (number instanceof Long) {
            return FrameFormat.LONG;
        }
        if (number instanceof Integer) {
            return FrameFormat.INTEGER;
        }
        if (number instanceof Short) {
            return FrameFormat.SHORT;
        }
        if (number instanceof Byte) {
            return FrameFormat.BYTE;
        }
        throw new IllegalArgumentException("metadata must have numbers of the classes of JSON: "
                + number.getClass().getName());
    }
}
