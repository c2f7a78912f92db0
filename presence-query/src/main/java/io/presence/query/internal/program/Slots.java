package io.presence.query.internal.program;

import io.presence.query.Values;
import io.presence.query.internal.ArraySizing;
import io.presence.query.internal.StructureEquality;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one record at the paths that queries name, decoded once for all programs that run on it.
 *
 * <p>A slot has a type and a value, which is a word, an object or both. The word of a boolean is 0 or 1, of a long the
 * long, of a double its bits, of a string its hash code, and of a timestamp its seconds, with the nanoseconds beside
 * it. A number has one type and word, whatever its class in the record, so that equal numbers have equal words.
 *
 * <p><b>Cost.</b> Nothing is allocated, except to decode a {@code BigDecimal} or a large {@code BigInteger}, and for
 * more slots than before.
 * <p><b>Threads.</b> For one thread.
 */
public final class Slots {

    private static final double TWO_TO_63 = 0x1p63;
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final ElementCursor[] NO_CURSORS = {};

    private static final int LONGS = 2;

    /* For each slot the word, then the nanoseconds above the type. They are adjacent since they are read together. */
    private long[] longs = new long[8 * LONGS];

    private @Nullable Object[] objects = new @Nullable Object[8];

    /* The cursors of elemMatch, by level of nesting. */
    private ElementCursor[] cursors = NO_CURSORS;

    private int[] filled = new int[8];
    private int filledCount;
    private int size;
    private long spent;
    private long[] scratch = {};
    private final BigNumberKeys bigKeys = new BigNumberKeys();
    private final StructureEquality structures = new StructureEquality();

    /** Adds operations to the cost of the evaluations on these slots. */
    public void spend(long operations) {
        spent += operations;
    }

    /** Returns the operations since the last {@linkplain #resetSpent reset}. */
    public long spent() {
        return spent;
    }

    /** Returns whether the list or map of a slot equals another, and spends what that reads. */
    boolean equalsStructure(int slot, Object other) {
        structures.reset();
        boolean isEqual = structures.equal(object(slot), other);
        spend(Cost.NODE * structures.nodes() + structures.steps());
        return isEqual;
    }

    /** Returns an array for a number of bits, all 0. The next call reuses it. */
    public long[] scratch(int bits) {
        int words = (bits + Long.SIZE - 1) / Long.SIZE;
        if (scratch.length < words) {
            scratch = new long[words];
        } else {
            Arrays.fill(scratch, 0, words, 0);
        }
        return scratch;
    }

    /** Returns the {@link Values#key} of a number of the record. That of a large number is computed once per record. */
    public @Nullable Object key(Number number) {
        return bigKeys.key(number);
    }

    /** Sets the number of operations to 0. */
    public void resetSpent() {
        spent = 0;
    }

    /** Sets every slot of the record to null, and makes room for at least {@code newSize} slots. */
    public void clear(int newSize) {
        for (int i = 0; i < filledCount; i++) {
            replace(filled[i], null);
        }
        filledCount = 0;
        bigKeys.clear();
        size = Math.max(size, newSize);
        if (size > objects.length) {
            resize(Math.max(size, 2 * objects.length));
        }
    }

    /**
     * Sets every slot of the record to null, and also every slot from {@code newSize} on, which can become that of
     * another path. Shrinks the arrays.
     */
    public void truncate(int newSize) {
        if (newSize >= size) {
            return;
        }
        clear(newSize);
        for (int slot = newSize; slot < size; slot++) {
            replace(slot, null);
        }
        size = newSize;
        int length = ArraySizing.shrunk(size, objects.length);
        if (length < objects.length) {
            resize(length);
        }
        cursors = size == 0 ? NO_CURSORS : cursors;
    }

    private void resize(int length) {
        longs = Arrays.copyOf(longs, LONGS * length);
        objects = Arrays.copyOf(objects, length);
        filled = Arrays.copyOf(filled, length);
    }

    /** Returns the number of slots of the record that are not null. */
    public int filledCount() {
        return filledCount;
    }

    /** Returns a slot that is not null, by an index from 0 to {@link #filledCount()}. */
    public int filled(int index) {
        return filled[index];
    }

    /** Returns the {@link ValueType} of a slot. */
    public byte type(int slot) {
        return (byte) longs[LONGS * slot + 1];
    }

    /** Returns the word of a slot that is a boolean, long, double, string or timestamp. */
    public long word(int slot) {
        return longs[LONGS * slot];
    }

    /** Returns the nanoseconds beside the word of a slot that is a timestamp. */
    public int nanos(int slot) {
        return (int) (longs[LONGS * slot + 1] >> Byte.SIZE);
    }

    /** Returns the object of a slot that is a string, big number, list or map. */
    public Object object(int slot) {
        Object object = objects[slot];
        if (object == null) {
            throw new IllegalStateException("slot must hold an object: " + slot);
        }
        return object;
    }

    /** Returns how a slot that is a timestamp is ordered against another one. */
    public int compareInstant(int slot, Instant other) {
        int order = Long.compare(word(slot), other.getEpochSecond());
        return order != 0 ? order : Integer.compare(nanos(slot), other.getNano());
    }

    /** Returns the object of a slot, or null if it has none. */
    public @Nullable Object objectOrNull(int slot) {
        return objects[slot];
    }

    /** Sets a slot that is null. Null leaves it unchanged. */
    public void fill(int slot, @Nullable Object value) {
        if (value != null) {
            filled[filledCount++] = slot;
            put(slot, value);
        }
    }

    /** Sets a slot that is null to a timestamp. */
    public void fillMillis(int slot, long epochMillis) {
        filled[filledCount++] = slot;
        setInstant(
                slot,
                Math.floorDiv(epochMillis, MILLIS_PER_SECOND),
                Math.floorMod(epochMillis, MILLIS_PER_SECOND) * NANOS_PER_MILLI);
    }

    /** Returns the cursor of a level of nesting. */
    ElementCursor cursor(int level) {
        if (level >= cursors.length) {
            int had = cursors.length;
            cursors = Arrays.copyOf(cursors, level + 1);
            for (int i = had; i <= level; i++) {
                cursors[i] = new ElementCursor();
            }
        }
        return cursors[level];
    }

    /** Replaces the value of a slot by a value or null, until the next call. */
    public void replace(int slot, @Nullable Object value) {
        if (value == null) {
            set(slot, ValueType.NULL, 0);
            objects[slot] = null;
        } else {
            put(slot, value);
        }
    }

    private void put(int slot, Object value) {
        objects[slot] = value;
        if (value instanceof String text) {
            set(slot, ValueType.STRING, text.hashCode());
        } else if (value instanceof Number number) {
            putNumber(slot, number);
        } else if (value instanceof Boolean bool) {
            set(slot, ValueType.BOOLEAN, bool ? 1 : 0);
        } else if (value instanceof Instant instant) {
            setInstant(slot, instant.getEpochSecond(), instant.getNano());
        } else if (value instanceof List) {
            set(slot, ValueType.LIST, 0);
        } else {
            set(slot, value instanceof Map ? ValueType.MAP : ValueType.OTHER, 0);
        }
    }

    private void set(int slot, byte type, long word) {
        longs[LONGS * slot] = word;
        longs[LONGS * slot + 1] = type;
    }

    private void setInstant(int slot, long seconds, int nanos) {
        longs[LONGS * slot] = seconds;
        longs[LONGS * slot + 1] = (long) nanos << Byte.SIZE | ValueType.INSTANT;
    }

    private void putNumber(int slot, Number value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            set(slot, ValueType.LONG, value.longValue());
        } else if (value instanceof Double || value instanceof Float) {
            putDouble(slot, value.doubleValue());
        } else if (value instanceof BigInteger || value instanceof BigDecimal) {
            putKey(slot, value);
        } else {
            set(slot, ValueType.OTHER, 0);
        }
    }

    private void putDouble(int slot, double value) {
        long whole = (long) value;
        if (whole == value && value < TWO_TO_63) {
            set(slot, ValueType.LONG, whole);
        } else {
            set(slot, Double.isNaN(value) ? ValueType.NAN : ValueType.DOUBLE, Double.doubleToRawLongBits(value));
        }
    }

    private void putKey(int slot, Number big) {
        Object key = key(big);
        if (key instanceof BigDecimal) {
            set(slot, ValueType.BIG, 0);
            objects[slot] = key;
        } else if (key instanceof Number number) {
            putNumber(slot, number);
        }
    }
}
