package io.presence.query.internal.program;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types of values in {@link Slots}. The type of a number depends on its value alone; see
 * {@link io.presence.query.Values#key}.
 */
public final class ValueType {

    /** Missing or null. */
    public static final byte NULL = 0;
    /** A boolean. */
    public static final byte BOOLEAN = 1;
    /** A number that is a {@code long}. */
    public static final byte LONG = 2;
    /** A number that is a {@code double} and no {@code long}. */
    public static final byte DOUBLE = 3;
    /** A number that is neither. */
    public static final byte BIG = 4;
    /** NaN, which equals nothing. */
    public static final byte NAN = 5;
    /** A string. */
    public static final byte STRING = 6;
    /** A timestamp. */
    public static final byte INSTANT = 7;
    /** A list. */
    public static final byte LIST = 8;
    /** A map. */
    public static final byte MAP = 9;
    /** An object of any other type. It is not null, and it is not equal to any value. */
    public static final byte OTHER = 10;
    /** The number of types. */
    public static final int COUNT = 11;

    private static final List<String> NAMES = List.of(
            "null",
            "boolean",
            "number",
            "number",
            "number",
            "number",
            "string",
            "timestamp",
            "list",
            "map",
            "object of another class");

    private ValueType() {}

    /** Returns the type of a value. */
    public static byte of(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof String) {
            return STRING;
        }
        if (value instanceof List) {
            return LIST;
        }
        return value instanceof Map ? MAP : ofOther(value);
    }

    private static byte ofOther(Object value) {
        Slots slots = new Slots();
        slots.replace(0, value);
        return slots.type(0);
    }

    /** Returns the name of a type. */
    public static String name(byte type) {
        return NAMES.get(type);
    }

    /** Returns whether values of a type are ordered as numbers. */
    public static boolean isNumber(byte type) {
        return type >= LONG && type <= BIG;
    }
}
