package io.presence.query.internal.index;

import io.presence.query.internal.Texts;
import io.presence.query.internal.program.Slots;
import io.presence.query.internal.program.ValueType;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The posting list of one value: the value of a slot, an element of a list, or the prefix or suffix of a string.
 *
 * @param <Q> the type of queries
 */
final class ValuePostingList<Q> extends PostingList<Q> {

    private final int namespace;
    private final long word;
    private final Object key;
    /* The number of the last list in which this was found. */
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

    /** Returns whether this is found for the first time in a list. */
    boolean isFirstOf(int newList) {
        boolean first = list != newList;
        list = newList;
        return first;
    }

    boolean isKey(int otherLane, Object other) {
        return namespace == otherLane && key.equals(other);
    }

    /** Returns whether this is the posting list of a word. */
    boolean isWord(int otherLane, long otherWord) {
        return namespace == otherLane && word == otherWord && key instanceof Long;
    }

    /** Returns whether this is the posting list of the value of a slot. */
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

    /** Returns whether this is the posting list of the last or, of a prefix, the first characters of a text. */
    boolean isAffixOf(ValueTable.Part part, int otherLane, String text, int length) {
        return namespace == otherLane
                && key instanceof String affix
                && affix.length() == length
                && (part == ValueTable.Part.SUFFIX ? Texts.endsWith(text, affix) : Texts.startsWith(text, affix));
    }

    /** Returns the word that a slot would have for a key, or any word if the key is no word. */
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
