package io.presence.query.internal.plan;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Values;
import io.presence.query.internal.Texts;
import io.presence.query.internal.slots.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on a record by which queries can be found, without asking each. */
public sealed interface Term permits Term.OfValue, Term.Within, Term.InBox, Term.OfType, Term.Present {
    /** A condition on a single value. */
    sealed interface OfValue extends Term permits Equal, Element, Prefix, StructureTerm, InnerTerm {
        /** Returns the path to the value, or to the list that has it. */
        AttributePath path();
    }

    /** Tells whether a record has it. */
    boolean hits(Attributes record);

    /** Returns about how many values are looked at to tell whether a record has it. */
    default int cost(Attributes record) {
        return 1;
    }

    /** Returns how likely a record has it, as long as nothing is known: it tells sorts of terms apart, no more. */
    double prior();

    /** Returns a condition that holds whenever this does, and is the same for all terms that have the same path. */
    Term coarse();

    /**
     * The value at a path is equal to one.
     *
     * @param path to the value
     * @param key of the value, as by {@link Values#key}
     */
    record Equal(AttributePath path, Object key) implements OfValue {
        @Override
        public boolean hits(Attributes record) {
            return key.equals(Values.key(record.get(path)));
        }

        @Override
        public Term coarse() {
            return new Present(path);
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
     * The value at a path is a list with an element equal to one.
     *
     * @param path to the list
     * @param key of the element, as by {@link Values#key}
     */
    record Element(AttributePath path, Object key) implements OfValue {
        @Override
        public boolean hits(Attributes record) {
            if (record.get(path) instanceof List<?> list) {
                for (Object element : list) {
                    if (key.equals(Values.key(element))) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public int cost(Attributes record) {
            return record.get(path) instanceof List<?> list ? 1 + list.size() : 1;
        }

        @Override
        public Term coarse() {
            return new Present(path);
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
     * The value at a path is a string that begins with one.
     *
     * @param path to the string
     * @param prefix not empty
     */
    record Prefix(AttributePath path, String prefix) implements OfValue {
        @Override
        public boolean hits(Attributes record) {
            return record.get(path) instanceof String text && Texts.startsWith(text, prefix);
        }

        @Override
        public Term coarse() {
            return new Present(path);
        }

        @Override
        public double prior() {
            return 0.01;
        }

        @Override
        public String toString() {
            return path + " begins with " + show(prefix);
        }
    }

    /**
     * The value at a path is within a range.
     *
     * @param path to the value
     * @param range of the values
     */
    record Within(AttributePath path, Range range) implements Term {
        @Override
        public boolean hits(Attributes record) {
            return range.contains(record.get(path));
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
     * Two numbers are a point within a rectangle.
     *
     * @param x the path to the first number
     * @param xRange its range, bounded
     * @param y the path to the second number
     * @param yRange its range, bounded
     */
    record InBox(AttributePath x, Range xRange, AttributePath y, Range yRange) implements Term {
        @Override
        public boolean hits(Attributes record) {
            return xRange.contains(record.get(x)) && yRange.contains(record.get(y));
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
     * The value at a path is of one type; null is one.
     *
     * @param path to the value
     * @param type a {@link ValueType}
     */
    record OfType(AttributePath path, byte type) implements Term {
        @Override
        public boolean hits(Attributes record) {
            return ValueType.of(record.get(path)) == type;
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
     * @param path to the value
     */
    record Present(AttributePath path) implements Term {
        @Override
        public boolean hits(Attributes record) {
            return record.get(path) != null;
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

    /** Shows an operand, or the beginning of it. */
    static String show(@Nullable Object key) {
        String text = key instanceof String ? "\"" + key + "\"" : String.valueOf(key);
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }
}
