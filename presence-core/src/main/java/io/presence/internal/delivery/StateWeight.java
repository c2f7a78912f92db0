package io.presence.internal.delivery;

import io.presence.internal.store.PresenceState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An estimate of the heap bytes that a state change retains: its previous state, to which nothing else refers once the
 * change is dispatched. Metadata that the new state shares is not counted.
 *
 * <p><b>Cost.</b> Linear in the size of the metadata, which is limited. Constant if the change has not replaced the
 * metadata.
 *
 * <p><b>Threads.</b> Stateless.
 */
public final class StateWeight {

    private static final int CHANGE = 64;
    private static final int STATE = 160;
    /* The idle status, the arrays, and eight texts without their characters. */
    private static final int LADDER = 576;
    private static final int TEXT = 48;
    private static final int COLLECTION = 64;
    private static final int MEMBER = 48;
    private static final int ELEMENT = 8;
    private static final int VALUE = 24;
    /* A collection that contains null is wrapped, and such a map is linked. */
    private static final int WITH_NULL = 144;

    private StateWeight() {}

    /** Returns the weight of a change, or 0 for null. */
    public static int of(@Nullable StateChange change) {
        if (change == null) {
            return 0;
        }
        PresenceState before = change.before();
        if (before == null) {
            return CHANGE;
        }
        PresenceState after = change.after();
        boolean isShared = after != null && after.metadata() == before.metadata();
        return CHANGE + STATE + text(before.status()) + ladder(before) + (isShared ? 0 : map(before.metadata()));
    }

    /** Returns the weight of a state alone, or 0 for null. */
    public static int of(@Nullable PresenceState state) {
        return state == null ? 0 : STATE + text(state.status()) + ladder(state) + map(state.metadata());
    }

    private static int ladder(PresenceState state) {
        int length = state.ladderLength();
        return length == 0 ? 0 : LADDER + 2 * length;
    }

    private static int text(String text) {
        return TEXT + 2 * text.length();
    }

    private static int value(@Nullable Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        return value instanceof Number number ? VALUE + number(number) : 0;
    }

    private static int number(Number number) {
        if (number instanceof BigDecimal decimal) {
            return TEXT + number(decimal.unscaledValue());
        }
        return number instanceof BigInteger whole ? TEXT + whole.bitLength() / Byte.SIZE : 0;
    }

    private static int map(Map<?, ?> map) {
        if (map.isEmpty()) {
            return 0;
        }
        int bytes = COLLECTION;
        boolean hasNull = false;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            hasNull |= member.getValue() == null;
            bytes += MEMBER + value(member.getKey()) + value(member.getValue());
        }
        return hasNull ? bytes + WITH_NULL : bytes;
    }

    private static int list(List<?> list) {
        int bytes = list.isEmpty() ? 0 : COLLECTION;
        boolean hasNull = false;
        for (Object element : list) {
            hasNull |= element == null;
            bytes += ELEMENT + value(element);
        }
        return hasNull ? bytes + WITH_NULL : bytes;
    }
}
