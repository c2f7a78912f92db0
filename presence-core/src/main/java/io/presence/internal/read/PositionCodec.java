package io.presence.internal.read;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of positions: a tag and the value for each clause of the order, then the id. A list or map is its
 * tag alone, because all are equal in an order. A decoded position has the same order as the encoded one.
 *
 * <p><b>Cost.</b> Linear in the values: at most {@value #MAX_VALUE_BYTES} bytes for each.
 *
 * <p><b>Threads.</b> Stateless.
 */
final class PositionCodec {

    /**
     * The maximum size of one value: a string of {@value SortKeys#MAX_CHARACTERS} code points, with its tag and
     * length.
     */
    static final int MAX_VALUE_BYTES = 3 + Integer.BYTES * SortKeys.MAX_CHARACTERS;

    private PositionCodec() {}

    static byte[] write(PagePosition position) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Object value : position.values()) {
                value(out, value);
            }
            out.write(position.id().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("bytes are in memory", e);
        }
        return bytes.toByteArray();
    }

    private static void value(DataOutputStream out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeByte('n');
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? 't' : 'f');
        } else if (value instanceof String text) {
            text(out, text);
        } else if (value instanceof Number number) {
            number(out, number);
        } else if (value instanceof Instant instant) {
            out.writeByte('z');
            out.writeLong(instant.getEpochSecond());
            out.writeInt(instant.getNano());
        } else {
            out.writeByte(value instanceof List ? 'l' : 'm');
        }
    }

    /**
     * Writes the text as UTF-8. A text with an unpaired surrogate is written as UTF-16, because UTF-8 cannot encode it.
     */
    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (new String(bytes, StandardCharsets.UTF_8).equals(text)) {
            bytes(out, 's', bytes);
        } else {
            out.writeByte('u');
            out.writeShort(text.length());
            out.writeChars(text);
        }
    }

    private static void number(DataOutputStream out, Number number) throws IOException {
        if (number instanceof Double || number instanceof Float) {
            out.writeByte('d');
            out.writeDouble(number.doubleValue());
        } else if (number instanceof BigInteger whole) {
            bytes(out, 'I', whole.toByteArray());
        } else if (number instanceof BigDecimal decimal) {
            bytes(out, 'D', decimal.unscaledValue().toByteArray());
            out.writeInt(decimal.scale());
        } else {
            out.writeByte('i');
            out.writeLong(number.longValue());
        }
    }

    private static void bytes(DataOutputStream out, char tag, byte[] bytes) throws IOException {
        out.writeByte(tag);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    /**
     * Decodes a position.
     *
     * @param count the number of values
     */
    static PagePosition read(byte[] bytes, int count) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            List<@Nullable Object> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                values.add(value(in));
            }
            return new PagePosition(values, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("bytes are in memory", e);
        }
    }

    private static @Nullable Object value(DataInputStream in) throws IOException {
        int tag = in.readUnsignedByte();
        return switch (tag) {
            case 'n' -> null;
            case 't', 'f' -> tag == 't';
            case 's' -> new String(bytes(in), StandardCharsets.UTF_8);
            case 'u' -> units(in);
            case 'd' -> in.readDouble();
            case 'i' -> in.readLong();
            case 'I' -> new BigInteger(bytes(in));
            case 'D' -> new BigDecimal(new BigInteger(bytes(in)), in.readInt());
            case 'z' -> Instant.ofEpochSecond(in.readLong(), in.readInt());
            case 'l' -> List.of();
            case 'm' -> Map.of();
            default -> throw new AssertionError("tag must be one that is written: " + tag);
        };
    }

    private static String units(DataInputStream in) throws IOException {
        char[] units = new char[in.readUnsignedShort()];
        for (int i = 0; i < units.length; i++) {
            units[i] = in.readChar();
        }
        return String.valueOf(units);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readUnsignedShort());
    }
}
