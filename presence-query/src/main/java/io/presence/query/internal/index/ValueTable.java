package io.presence.query.internal.index;

import io.presence.query.internal.program.Slots;
import io.presence.query.internal.program.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The postings of all values, of all slots. A key is as {@link io.presence.query.Values#key} makes it.
 *
 * <p><b>Cost.</b> One look-up in a hash table; a string is gone through to hash it. For prefixes a string is gone through
 * once, with a look-up for each length that some query has.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class ValueTable<Q> {
    /** What of a record is looked up. */
    enum Part {
        /** The value itself. */
        WHOLE(0),
        /** An element of a list. */
        ELEMENT(1),
        /** The beginning of a string. */
        PREFIX(2),
        /** A list or map, by a hash of it. */
        STRUCTURE(3),
        /** An element of a list that is a list or map, by a hash of it. */
        STRUCTURE_ELEMENT(4),
        /** A value within an element of a list. */
        INNER(5);

        private static final int COUNT = 6;
        private final int number;

        Part(int number) {
            this.number = number;
        }
    }

    private static final List<Part> PARTS = List.of(Part.values());

    private final KeyHash hashes;
    private final PostingList.Home<Q> home;
    private final ProbeTable<ValuePostingList<Q>> table = new ProbeTable<>() {
        @Override
        protected int hash(ValuePostingList<Q> posting) {
            return hashOf(posting);
        }
    };

    /** Makes an empty table, from whose postings filings are removed by way of a home. */
    ValueTable(KeyHash hashes, PostingList.Home<Q> home) {
        this.hashes = hashes;
        this.home = home;
    }

    /** Returns how many values have a posting. */
    int size() {
        return table.size();
    }

    /** Returns the posting of a key, or null. */
    @Nullable PostingList<Q> find(Part part, int slot, Object key) {
        int lane = lane(part, slot);
        int hash = hash(part, lane, key);
        int index = table.start(hash);
        ValuePostingList<Q> posting = table.at(index);
        while (posting != null && !posting.isKey(lane, key)) {
            index = table.next(index, hash);
            posting = table.at(index);
        }
        return posting;
    }

    /** Returns the posting of a key, which is made if need be. */
    PostingList<Q> findOrAdd(Part part, int slot, Object key) {
        PostingList<Q> found = find(part, slot, key);
        if (found != null) {
            return found;
        }
        int lane = lane(part, slot);
        ValuePostingList<Q> made = new ValuePostingList<>(home, lane, key);
        table.add(made);
        return made;
    }

    /** Removes a posting of this table. */
    void remove(PostingList<Q> empty) {
        table.remove((ValuePostingList<Q>) empty);
    }

    int hashOf(PostingList<Q> posting) {
        return hash(partOf(posting), ((ValuePostingList<Q>) posting).lane(), keyOf(posting));
    }

    /** Returns the key of a posting of this table. */
    Object keyOf(PostingList<Q> posting) {
        return ((ValuePostingList<Q>) posting).key();
    }

    /** Returns the slot that a posting of this table is about. */
    int slotOf(PostingList<Q> posting) {
        return ((ValuePostingList<Q>) posting).lane() / Part.COUNT;
    }

    /** Returns the part of the slot that a posting of this table is about. */
    Part partOf(PostingList<Q> posting) {
        return PARTS.get(((ValuePostingList<Q>) posting).lane() % Part.COUNT);
    }

    /** Returns the posting of what a slot holds, or null. */
    @Nullable PostingList<Q> find(int slot, Slots slots) {
        return find(Part.WHOLE, slot, slots, slot);
    }

    /** Visits the posting of a list or map of a slot, by its hash. */
    void visitStructure(int slot, long structure, PostingList.Visitor<? super Q> visitor) {
        ValuePostingList<Q> posting = findWord(Part.STRUCTURE, slot, structure);
        if (posting != null) {
            posting.visit(visitor);
        }
    }

    /** Visits the posting of an element of a list that is a list or map, unless that was done for one of the same hash. */
    void visitStructureElement(int slot, long structure, int list, PostingList.Visitor<? super Q> visitor) {
        ValuePostingList<Q> posting = findWord(Part.STRUCTURE_ELEMENT, slot, structure);
        if (posting != null && posting.isFirstOf(list)) {
            posting.visit(visitor);
        }
    }

    private @Nullable ValuePostingList<Q> findWord(Part part, int slot, long word) {
        int lane = lane(part, slot);
        int hash = hashes.of(lane, word);
        int index = table.start(hash);
        ValuePostingList<Q> posting = table.at(index);
        while (posting != null && !posting.isWord(lane, word)) {
            index = table.next(index, hash);
            posting = table.at(index);
        }
        return posting;
    }

    /**
     * Visits the posting of an element of a list, or of a value within it, unless that was done for an equal one.
     *
     * @param part an element, or what is within
     * @param slot of the list
     * @param slots where the element is
     * @param from the slot of the element there
     * @param list another number for each list, not 0
     */
    void visitElement(Part part, int slot, Slots slots, int from, int list, PostingList.Visitor<? super Q> visitor) {
        ValuePostingList<Q> posting = find(part, slot, slots, from);
        if (posting != null && posting.isFirstOf(list)) {
            posting.visit(visitor);
        }
    }

    /** Makes the numbers of lists new ones again. */
    void forgetLists() {
        table.forEach(posting -> posting.isFirstOf(0));
    }

    private @Nullable ValuePostingList<Q> find(Part part, int slot, Slots slots, int from) {
        int lane = lane(part, slot);
        int hash = hash(lane, slots, from);
        int index = table.start(hash);
        ValuePostingList<Q> posting = table.at(index);
        while (posting != null && !posting.isOf(lane, slots, from)) {
            index = table.next(index, hash);
            posting = table.at(index);
        }
        return posting;
    }

    /** Visits the postings of the beginnings of a string. */
    void visitPrefixes(int slot, String text, PrefixLengths lengths, PostingList.Visitor<? super Q> visitor) {
        int lane = lane(Part.PREFIX, slot);
        long hash = hashes.start(lane);
        int done = 0;
        for (int i = 0; i < lengths.count() && lengths.length(i) <= text.length(); i++) {
            for (int length = lengths.length(i); done < length; done++) {
                hash = hashes.stepPrefix(hash, text.charAt(done));
            }
            PostingList<Q> posting = findPrefix(lane, hashes.finish(hash), text, done);
            if (posting != null) {
                posting.visit(visitor);
            }
        }
    }

    private @Nullable PostingList<Q> findPrefix(int lane, int hash, String text, int length) {
        int index = table.start(hash);
        ValuePostingList<Q> posting = table.at(index);
        while (posting != null && !posting.isPrefixOf(lane, text, length)) {
            index = table.next(index, hash);
            posting = table.at(index);
        }
        return posting;
    }

    /** Tells whether values of a type are found by a key. */
    static boolean isKey(byte type) {
        return switch (type) {
            case ValueType.NULL, ValueType.NAN, ValueType.LIST, ValueType.MAP, ValueType.OTHER -> false;
            default -> true;
        };
    }

    private static int lane(Part part, int slot) {
        return slot * Part.COUNT + part.number;
    }

    private int hash(Part part, int lane, Object key) {
        if (key instanceof String text) {
            return part == Part.PREFIX ? hashes.ofPrefix(lane, text) : hashes.of(lane, text);
        }
        if (key instanceof Instant instant) {
            return hashes.of(lane, instant.getEpochSecond(), instant.getNano());
        }
        return key instanceof BigDecimal big ? hashes.of(lane, big) : hashes.of(lane, ValuePostingList.word(key));
    }

    private int hash(int lane, Slots slots, int slot) {
        return switch (slots.type(slot)) {
            case ValueType.STRING -> hashes.of(lane, (String) slots.object(slot));
            case ValueType.BIG -> hashes.of(lane, (BigDecimal) slots.object(slot));
            case ValueType.INSTANT -> hashes.of(lane, slots.word(slot), slots.nanos(slot));
            default -> hashes.of(lane, slots.word(slot));
        };
    }
}
