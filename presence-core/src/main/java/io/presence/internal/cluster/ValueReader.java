package io.presence.internal.cluster;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the values of metadata. Their types, levels and keys are checked, and their sizes are not. */
final class ValueReader {

    private static final String NAME = "metadata";

    private final FrameInput in;

    ValueReader(FrameInput in) {
        this.in = in;
    }

    /** Reads the members of the outermost map. */
    Map<String, @Nullable Object> readMembers() {
        return readMap(1);
    }

    private @Nullable Object read(int level) {
        int tag = in.readByte(NAME);
        return switch (tag) {
            case FrameFormat.NULL -> null;
            case FrameFormat.FALSE -> false;
            case FrameFormat.TRUE -> true;
            case FrameFormat.LONG -> whole(Long.MIN_VALUE, Long.MAX_VALUE);
            case FrameFormat.INTEGER -> (int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case FrameFormat.SHORT -> (short) whole(Short.MIN_VALUE, Short.MAX_VALUE);
            case FrameFormat.BYTE -> (byte) whole(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case FrameFormat.BIG_INTEGER -> digits();
            case FrameFormat.BIG_DECIMAL -> decimal();
            case FrameFormat.DOUBLE -> Double.longBitsToDouble(in.readLong(NAME));
            case FrameFormat.FLOAT -> Float.intBitsToFloat(in.readInt(NAME));
            case FrameFormat.TEXT -> in.readText(NAME);
            case FrameFormat.LIST -> readList(level + 1);
            case FrameFormat.MAP -> readMap(level + 1);
            default -> throw new FrameException(NAME + " must have values of known types: " + tag);
        };
    }

    private long whole(long min, long max) {
        return in.readZigzag(NAME, min, max);
    }

    private BigInteger digits() {
        byte[] digits = in.readBytes(NAME);
        if (digits.length == 0) {
            throw new FrameException(NAME + " must have numbers with digits");
        }
        return new BigInteger(digits);
    }

    private BigDecimal decimal() {
        int scale = (int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
        return new BigDecimal(digits(), scale);
    }

    private List<@Nullable Object> readList(int level) {
        requireLevel(level);
        int count = in.readCount(NAME, 1);
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(read(level));
        }
        return list;
    }

    private Map<String, @Nullable Object> readMap(int level) {
        requireLevel(level);
        int count = in.readCount(NAME, 2);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(in.readText(NAME), read(level));
        }
        if (map.size() != count) {
            throw new FrameException(NAME + " must have each key once");
        }
        return map;
    }

    private static void requireLevel(int level) {
        if (level > FrameFormat.MAX_LEVELS) {
            throw new FrameException(NAME + " must have at most " + FrameFormat.MAX_LEVELS + " levels");
        }
    }
}
