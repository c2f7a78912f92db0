package io.presence.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The order of values that are not null: by type, then by value. See {@link Values#ascending()}. */
final class SortOrder {

    /** The types in their sort order. */
    private enum Type {
        BOOLEAN,
        NUMBER,
        STRING,
        TIMESTAMP,
        LIST,
        MAP,
        OTHER
    }

    private SortOrder() {}

    static int compare(Object a, Object b) {
        Type type = type(a);
        int order = type.compareTo(type(b));
        return order != 0
                ? order
                : switch (type) {
                    case BOOLEAN -> Boolean.compare((Boolean) a, (Boolean) b);
                    case NUMBER -> compareNumbers((Number) a, (Number) b);
                    case STRING -> Values.compareStrings((String) a, (String) b);
                    case TIMESTAMP -> ((Instant) a).compareTo((Instant) b);
                    case LIST, MAP, OTHER -> 0;
                };
    }

    private static Type type(Object value) {
        if (value instanceof Boolean) {
            return Type.BOOLEAN;
        }
        if (value instanceof String) {
            return Type.STRING;
        }
        if (value instanceof Instant) {
            return Type.TIMESTAMP;
        }
        if (value instanceof List) {
            return Type.LIST;
        }
        if (value instanceof Map) {
            return Type.MAP;
        }
        return Numbers.isNumber(value) ? Type.NUMBER : Type.OTHER;
    }

    private static int compareNumbers(Number a, Number b) {
        boolean aNaN = Numbers.isNaN(a);
        boolean bNaN = Numbers.isNaN(b);
        return aNaN || bNaN ? Boolean.compare(aNaN, bNaN) : Numbers.compare(a, b);
    }
}
