package io.presence.query.internal.plan;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Values;
import io.presence.query.internal.StructureEquality;
import io.presence.query.internal.Texts;
import io.presence.query.internal.program.ValueType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A condition on a record under which queries are indexed. */
public sealed interface Term permits Term.OfValue, Term.Within, Term.InBox, Term.OfType, Term.Present {

    /** The number of characters of two strings that one operation compares. */
    int CHARS_PER_OPERATION = 8;
    /** The number of bits of a large number that one operation converts. */
    int BITS_PER_OPERATION = 8;

    /** A condition on a single value. */
    sealed interface OfValue extends Term permits Equal, Element, Affix, Structure, Inner {
        /** Returns the path to the value, or to the list that has it. */
        AttributePath path();

        @Override
        default @Nullable Object read(Attributes record) {
            return record.get(path());
        }

        @Override
        default Term coarse() {
            return new Present(path());
        }
    }

    /** Returns what decides whether a record has this term: the value at the path, or the record if there are two. */
    @Nullable Object read(Attributes record);

    /** Returns whether a record has this term, from what was {@linkplain #read read} of it. */
    boolean hits(@Nullable Object read);

    /**
     * Returns the approximate cost of {@link #hits}: the number of values that it looks at, each with the characters
     * and bits that count.
     */
    default int cost(@Nullable Object read) {
        return 1;
    }

    /* The cost of the key of a value: that of a large number takes time quadratic in its digits. */
    private static int costOfKey(@Nullable Object value) {
        return value instanceof Number number ? 1 + StructureEquality.bits(number) / BITS_PER_OPERATION : 1;
    }

    /** Returns the assumed share of records that have this term, to compare kinds of terms without records. */
    double prior();

    /** Returns a condition that holds if this one holds, and that is equal for all terms with the same path. */
    Term coarse();

    /**
     * The value at a path equals a key.
     *
     * @param path the path to the value
     * @param key a {@link Values#key}
     */
    record Equal(AttributePath path, Object key) implements OfValue {
        @Override
        public boolean hits(@Nullable Object read) {
            return key.equals(Values.key(read));
        }

        @Override
        public int cost(@Nullable Object read) {
            return costOfKey(read);
        }

        @Override
        public double prior() {
            return 0.001;
        }

        @Override
        public String toString() {
            return path + " = " + show(key);
        }
    }

    /**
     * The value at a path is a list with an element that equals a key.
     *
     * @param path the path to the list
     * @param key a {@link Values#key}
     */
    record Element(AttributePath path, Object key) implements OfValue {
        @Override
        public boolean hits(@Nullable Object read) {
            if (read instanceof List<?> list) {
                for (Object element : list) {
                    if (key.equals(Values.key(element))) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public int cost(@Nullable Object read) {
            int cost = 1;
            if (read instanceof List<?> list) {
                for (Object element : list) {
                    cost += costOfKey(element);
                }
            }
            return cost;
        }

        @Override
        public double prior() {
            return 0.002;
        }

        @Override
        public String toString() {
            return path + " has " + show(key);
        }
    }

    /**
     * The value at a path is a string with a prefix or a suffix.
     *
     * @param path the path to the string
     * @param affix the prefix or suffix, not empty
     * @param isSuffix whether it is a suffix
     */
    record Affix(AttributePath path, String affix, boolean isSuffix) implements OfValue {
        @Override
        public boolean hits(@Nullable Object read) {
            return read instanceof String text
                    && (isSuffix ? Texts.endsWith(text, affix) : Texts.startsWith(text, affix));
        }

        @Override
        public int cost(@Nullable Object read) {
            return read instanceof String text ? 1 + Math.min(text.length(), affix.length()) / CHARS_PER_OPERATION : 1;
        }

        @Override
        public double prior() {
            return 0.01;
        }

        @Override
        public String toString() {
            return path + (isSuffix ? " ends with " : " begins with ") + show(affix);
        }
    }

    /**
     * The value at a path equals a list or map, or is a list with such an element.
     *
     * @param path the path to the value
     * @param value the list or map
     * @param isElement whether it must be an element
     */
    record Structure(AttributePath path, Object value, boolean isElement) implements OfValue {
        @Override
        public boolean hits(@Nullable Object read) {
            if (!isElement) {
                return read != null && Values.equal(read, value);
            }
            return read instanceof List<?> list
                    && list.stream().anyMatch(one -> one != null && Values.equal(one, value));
        }

        @Override
        public int cost(@Nullable Object read) {
            return size(value) * (isElement && read instanceof List<?> list ? 1 + list.size() : 1);
        }

        private static int size(@Nullable Object value) {
            if (value instanceof List<?> list) {
                return 1 + list.stream().mapToInt(Structure::size).sum();
            }
            return value instanceof Map<?, ?> map
                    ? 1 + map.values().stream().mapToInt(Structure::size).sum()
                    : 1;
        }

        @Override
        public double prior() {
            return 0.002;
        }

        @Override
        public String toString() {
            return path + (isElement ? " has " : " = ") + show(value);
        }
    }

    /**
     * The value at a path is a list with a map in which the value at another path equals a key.
     *
     * @param path the path to the list
     * @param inner the path within the map
     * @param key a {@link Values#key}
     */
    record Inner(AttributePath path, AttributePath inner, Object key) implements OfValue {
        @Override
        public boolean hits(@Nullable Object read) {
            if (read instanceof List<?> list) {
                for (Object element : list) {
                    if (element instanceof Map && key.equals(Values.key(Attributes.resolve(element, inner, 0)))) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public int cost(@Nullable Object read) {
            int cost = 1;
            if (read instanceof List<?> list) {
                for (Object element : list) {
                    cost += element instanceof Map ? costOfKey(Attributes.resolve(element, inner, 0)) : 1;
                }
            }
            return cost;
        }

        @Override
        public double prior() {
            return 0.003;
        }

        @Override
        public String toString() {
            return path + " has a map with " + inner + " = " + show(key);
        }
    }

    /**
     * The value at a path is in a range.
     *
     * @param path the path to the value
     * @param range the range
     */
    record Within(AttributePath path, Range range) implements Term {
        @Override
        public @Nullable Object read(Attributes record) {
            return record.get(path);
        }

        @Override
        public boolean hits(@Nullable Object read) {
            return range.contains(read);
        }

        @Override
        public int cost(@Nullable Object read) {
            return costOfRange(range, read);
        }

        @Override
        public Term coarse() {
            return new Present(path);
        }

        @Override
        public double prior() {
            return range.isBounded() ? 0.1 : 0.3;
        }

        @Override
        public String toString() {
            return path + " in " + range;
        }
    }

    /**
     * The numbers at two paths are a point in a rectangle.
     *
     * @param x the path to the first number
     * @param xRange its range, bounded
     * @param y the path to the second number
     * @param yRange its range, bounded
     */
    record InBox(AttributePath x, Range xRange, AttributePath y, Range yRange) implements Term {
        @Override
        public Object read(Attributes record) {
            return record;
        }

        @Override
        public boolean hits(@Nullable Object read) {
            return read instanceof Attributes record
                    && xRange.contains(record.get(x))
                    && yRange.contains(record.get(y));
        }

        @Override
        public int cost(@Nullable Object read) {
            return read instanceof Attributes record ? costOfKey(record.get(x)) + costOfKey(record.get(y)) : 1;
        }

        @Override
        public Term coarse() {
            return new Present(x);
        }

        @Override
        public double prior() {
            return 0.005;
        }

        @Override
        public String toString() {
            return x + " in " + xRange + " and " + y + " in " + yRange;
        }
    }

    /**
     * The value at a path has a type, which can be null.
     *
     * @param path the path to the value
     * @param type a {@link ValueType}
     */
    record OfType(AttributePath path, byte type) implements Term {
        @Override
        public @Nullable Object read(Attributes record) {
            return record.get(path);
        }

        @Override
        public boolean hits(@Nullable Object read) {
            return ValueType.of(read) == type;
        }

        @Override
        public Term coarse() {
            return this;
        }

        @Override
        public double prior() {
            return 0.4;
        }

        @Override
        public String toString() {
            return path + (type == ValueType.NULL ? " is null" : " is a " + ValueType.name(type));
        }
    }

    /**
     * The value at a path is not null.
     *
     * @param path the path to the value
     */
    record Present(AttributePath path) implements Term {
        @Override
        public @Nullable Object read(Attributes record) {
            return record.get(path);
        }

        @Override
        public boolean hits(@Nullable Object read) {
            return read != null;
        }

        @Override
        public Term coarse() {
            return this;
        }

        @Override
        public double prior() {
            return 0.5;
        }

        @Override
        public String toString() {
            return path + " is not null";
        }
    }

    /* Both ends are compared. */
    private static int costOfRange(Range range, @Nullable Object value) {
        return value instanceof String text
                ? 1
                        + (common(text, range.low().text())
                                        + common(text, range.high().text()))
                                / CHARS_PER_OPERATION
                : costOfKey(value);
    }

    private static int common(String text, @Nullable String bound) {
        return bound == null ? 0 : Math.min(text.length(), bound.length());
    }

    /** Returns the text of an operand, shortened to 64 characters. */
    static String show(@Nullable Object key) {
        String text = key instanceof String ? "\"" + key + "\"" : String.valueOf(key);
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }
}
