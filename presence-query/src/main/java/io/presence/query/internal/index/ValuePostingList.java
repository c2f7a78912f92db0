package io.presence.query.internal.index;

import io.presence.query.internal.Texts;
import io.presence.query.internal.program.Slots;
import io.presence.query.internal.program.ValueType;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The queries of which a record must have one value: a slot that is equal to it, an element of a list, or a string that
 * begins with it.
 *
 * @param <Q> the type of queries
 */
final class ValuePostingList<Q> extends PostingList<Q> {
    private final int namespace;
    private final long word;
    private final Object key;
    /* The last list of which an element was found here. */
    private int list;

    ValuePostingList(Owner<Q> owner, int namespace, Object key) {
        super(owner);
        this.namespace = namespace;
        this.key = key;
        this.word = word(key);
    }

    int namespace() {
        return namespace;
    }

    Object key() {
        return key;
    }

    /** Tells whether this is the first time that it is found for a list. */
    boolean isFirstOf(int newList) {
        boolean first = list != newList;
        list = newList;
        return first;
    }

    boolean isKey(int otherLane, Object other) {
        return namespace == otherLane && key.equals(other);
    }

    /** Returns whether this is the posting of a whole number. */
    boolean isWord(int otherLane, long otherWord) {
        return namespace == otherLane && word == otherWord && key instanceof Long;
    }

    /** Tells whether this is the posting of what a slot holds. */
    boolean isOf(int otherLane, Slots slots, int slot) {
        if (namespace != otherLane) {
            return false;
        }
        return switch (slots.type(slot)) {
            case ValueType.STRING -> word == slots.word(slot) && key.equals(slots.object(slot));
            case ValueType.LONG -> key instanceof Long && word == slots.word(slot);
            case ValueType.DOUBLE -> key instanceof Double && word == slots.word(slot);
            case ValueType.BOOLEAN -> key instanceof Boolean && word == slots.word(slot);
            case ValueType.INSTANT -> key instanceof Instant instant && slots.compareInstant(slot, instant) == 0;
            case ValueType.BIG -> key instanceof BigDecimal && key.equals(slots.object(slot));
            default -> false;
        };
    }

    /** Tells whether this is the posting of the first characters of a text. */
    boolean isPrefixOf(int otherLane, String text, int length) {
        return namespace == otherLane
                && key instanceof String prefix
                && prefix.length() == length
                && Texts.startsWith(text, prefix);
    }

    /** Returns a key as the word that a slot would have; any, if it takes more than a word to tell it. */
    static long word(Object key) {
        if (key instanceof Long number) {
            return number;
        }
        if (key instanceof Double number) {
            return Double.doubleToRawLongBits(number);
        }
        if (key instanceof Boolean bool) {
            return bool ? 1 : 0;
        }
        return key instanceof String text ? text.hashCode() : 0;
    }
}
