package io.presence;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copier of metadata, which keeps the order of members and refuses values that JSON cannot represent, naming them by
 * their path.
 *
 * <p>The limited size is that of the compact JSON text in UTF-8. It is counted while copying, so a shared or cyclic
 * structure costs no more than the limit before it is refused.
 */
final class Metadata {

    static final int MAX_BYTES = 64 * 1024;
    static final int MAX_LEVELS = 32;
    static final int MAX_DIGITS = 1100;
    /* The bits of MAX_DIGITS decimal digits, at 3.32 bits for each. */
    private static final int MAX_BITS = 3655;

    private final String parameter;
    private int bytes;

    /**
     * Creates a copier.
     *
     * @param parameter the name of the copied argument, for errors
     */
    Metadata(String parameter) {
        this.parameter = parameter;
    }

    /**
     * Returns a deep, immutable copy.
     *
     * @throws IllegalArgumentException if a value is not JSON-like, or the whole is too large or has too many levels
     */
    static Map<String, @Nullable Object> copyOf(Map<String, ? extends @Nullable Object> metadata) {
        return new Metadata("metadata").copy(Checks.notNull("metadata", metadata));
    }

    Map<String, @Nullable Object> copy(Map<String, ? extends @Nullable Object> map) {
        return map(new Path(parameter), map, 1);
    }

    /**
     * Returns a deep, immutable copy of a value within metadata.
     *
     * @param level the level of the value, of which the metadata itself is the first
     */
    @Nullable Object copyAt(int level, @Nullable Object value) {
        return value(new Path(parameter), value, level);
    }

    /** The size of the copies so far as JSON. */
    int bytes() {
        return bytes;
    }

    private @Nullable Object value(Path path, @Nullable Object value, int level) {
        if (value == null) {
            count(4);
            return null;
        }
        if (value instanceof String text) {
            count(jsonLength(text));
            return text;
        }
        if (value instanceof Boolean) {
            count(value.equals(true) ? 4 : 5);
            return value;
        }
        if (value instanceof Number number) {
            return number(path, number);
        }
        if (value instanceof List<?> list) {
            return list(path, list, level);
        }
        if (value instanceof Map<?, ?> map) {
            return map(path, map, level);
        }
        throw refused(path, value);
    }

    private Number number(Path path, Number number) {
        if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new IllegalArgumentException(path + " must be a finite number: " + number);
            }
        } else if (!isExact(number)) {
            throw refused(path, number);
        }
        requireBounded(path, number);
        count(jsonText(number).length());
        return number;
    }

    /* A float is written as the double of the same value, which has more digits. */
    private static String jsonText(Number number) {
        return number instanceof Float real ? Double.toString(real.doubleValue()) : number.toString();
    }

    /* The limit of numbers in queries: larger ones are slow to compare and to print. */
    private static void requireBounded(Path path, Number number) {
        int bits = number instanceof BigInteger whole
                ? whole.bitLength()
                : number instanceof BigDecimal decimal ? decimal.unscaledValue().bitLength() : 0;
        int scale = number instanceof BigDecimal decimal ? decimal.scale() : 0;
        if (bits > MAX_BITS || scale > MAX_DIGITS || scale < -MAX_DIGITS) {
            throw new IllegalArgumentException(path + " must be a number of at most " + MAX_DIGITS + " digits: of "
                    + bits + " bits, scale " + scale);
        }
    }

    /* Exact classes only: a subclass of BigDecimal may be mutable. */
    private static boolean isExact(Number number) {
        return number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number.getClass() == BigInteger.class
                || number.getClass() == BigDecimal.class;
    }

    private List<@Nullable Object> list(Path path, List<?> list, int level) {
        level(path, level);
        count(2);
        List<@Nullable Object> copy = new ArrayList<>(Math.min(list.size(), MAX_BYTES));
        Path within = new Path(path);
        for (Object item : list) {
            count(copy.isEmpty() ? 0 : 1);
            copy.add(value(within.at(copy.size()), item, level + 1));
        }
        return new MetadataList(copy.toArray());
    }

    private Map<String, @Nullable Object> map(Path path, Map<?, ?> map, int level) {
        level(path, level);
        count(2);
        List<@Nullable Object> copy = new ArrayList<>(2 * Math.min(map.size(), MAX_BYTES));
        Path within = new Path(path);
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!(member.getKey() instanceof String key)) {
                throw new IllegalArgumentException(path + " must have string keys: "
                        + (member.getKey() == null
                                ? "null"
                                : member.getKey().getClass().getName()));
            }
            count(jsonLength(key) + (copy.isEmpty() ? 1 : 2));
            copy.add(key);
            copy.add(value(within.at(key), member.getValue(), level + 1));
        }
        MetadataMap made = MetadataMap.of(copy.toArray());
        String twice = made.repeatedKey();
        if (twice != null) {
            throw new IllegalArgumentException(
                    path + " must have each key once: " + Checks.printable(shortened(twice)));
        }
        return made;
    }

    private static void level(Path path, int level) {
        if (level > MAX_LEVELS) {
            throw new IllegalArgumentException(
                    "metadata must have at most " + MAX_LEVELS + " levels: " + shortened(path.toString()));
        }
    }

    private void count(int more) {
        bytes += more;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("metadata must be at most " + MAX_BYTES + " bytes as JSON");
        }
    }

    private static IllegalArgumentException refused(Path path, Object value) {
        return new IllegalArgumentException(path + " must be a string, number, boolean, null, list or map: "
                + value.getClass().getName());
    }

    /** The path of a value, for errors. It is changed from member to member, so that a member needs no memory. */
    private static final class Path {

        private final @Nullable Path container;
        private String key = "";
        private int index = -1;

        /** The path of the copied argument. */
        Path(String parameter) {
            this.container = null;
            this.key = parameter;
        }

        /** The path of a member of a container. */
        Path(Path container) {
            this.container = container;
        }

        Path at(String member) {
            key = member;
            return this;
        }

        Path at(int item) {
            index = item;
            return this;
        }

        @Override
        public String toString() {
            if (container == null) {
                return key;
            }
            return container + (index >= 0 ? "[" + index + "]" : "." + Checks.printable(shortened(key)));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    /* Stops beyond the limit: the exact length of a refused string does not matter. */
    private static int jsonLength(String text) {
        int length = 2;
        for (int i = 0; i < text.length() && length <= MAX_BYTES; i++) {
            char c = text.charAt(i);
            if (c < 0x20) {
                length += c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f' ? 2 : 6;
            } else if (c < 0x80) {
                length += c == '"' || c == '\\' ? 2 : 1;
            } else if (c < 0x800) {
                length += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                length += 4;
                i++;
            } else {
                length += Character.isSurrogate(c) ? 6 : 3;
            }
        }
        return length;
    }
}
