package io.presence.query.internal.index;

import io.presence.query.internal.program.Slots;
import io.presence.query.internal.program.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The posting lists of the values of all slots. A key is one of {@link io.presence.query.Values#key}.
 *
 * <p><b>Cost.</b> One look-up in a hash table, after one pass over a string to hash it. Prefixes take one pass over the
 * string, with a look-up for each distinct length, and so do suffixes.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class ValueTable<Q> {

    /** The part of a value that is looked up. */
    enum Part {
        /** The value itself. */
        VALUE(0),
        /** An element of a list. */
        ELEMENT(1),
        /** The prefix of a string. */
        PREFIX(2),
        /** A list or map, by its hash. */
        STRUCTURE(3),
        /** An element of a list that is a list or map, by its hash. */
        STRUCTURE_ELEMENT(4),
        /** A value within an element of a list. */
        INNER(5),
        /** The suffix of a string. */
        SUFFIX(6);

        private static final int COUNT = 7;
        private final int number;

        Part(int number) {
            this.number = number;
        }
    }

    private static final List<Part> PARTS = List.of(Part.values());

    private final KeyHash hashes;
    private final PostingList.Owner<Q> owner;
    private final ProbeTable<ValuePostingList<Q>> table = new ProbeTable<>() {
        @Override
        protected int hash(ValuePostingList<Q> postingList) {
            return hashOf(postingList);
        }
    };

    /** Creates an empty table. */
    ValueTable(KeyHash hashes, PostingList.Owner<Q> owner) {
        this.hashes = hashes;
        this.owner = owner;
    }

    /** Returns the number of values that have a posting list. */
    int size() {
        return table.size();
    }

    /** Returns the posting list of a key, or null. */
    @Nullable PostingList<Q> find(Part part, int slot, Object key) {
        int namespace = namespace(part, slot);
        int hash = hash(part, namespace, key);
        int index = table.start(hash);
        ValuePostingList<Q> postingList = table.at(index);
        while (postingList != null && !postingList.isKey(namespace, key)) {
            index = table.next(index, hash);
            postingList = table.at(index);
        }
        return postingList;
    }

    /** Returns the posting list of a key, which is created if absent. */
    PostingList<Q> findOrAdd(Part part, int slot, Object key) {
        PostingList<Q> found = find(part, slot, key);
        if (found != null) {
            return found;
        }
        int namespace = namespace(part, slot);
        ValuePostingList<Q> made = new ValuePostingList<>(owner, namespace, key);
        table.add(made);
        return made;
    }

    /** Removes a posting list of this table. */
    void remove(PostingList<Q> empty) {
        table.remove((ValuePostingList<Q>) empty);
    }

    int hashOf(PostingList<Q> postingList) {
        return hash(partOf(postingList), ((ValuePostingList<Q>) postingList).namespace(), keyOf(postingList));
    }

    /** Returns the key of a posting list of this table. */
    Object keyOf(PostingList<Q> postingList) {
        return ((ValuePostingList<Q>) postingList).key();
    }

    /** Returns the slot of a posting list of this table. */
    int slotOf(PostingList<Q> postingList) {
        return ((ValuePostingList<Q>) postingList).namespace() / Part.COUNT;
    }

    /** Returns the part of the slot of a posting list of this table. */
    Part partOf(PostingList<Q> postingList) {
        return PARTS.get(((ValuePostingList<Q>) postingList).namespace() % Part.COUNT);
    }

    /** Returns the posting list of the value of a slot, or null. */
    @Nullable PostingList<Q> find(int slot, Slots slots) {
        return find(Part.VALUE, slot, slots, slot);
    }

    /**
     * Visits the posting list, if there is one, of the list or map that is the value of a slot, given the hash of that
     * value.
     */
    void visitStructure(int slot, long structure, PostingList.Visitor<? super Q> visitor) {
        ValuePostingList<Q> postingList = findWord(Part.STRUCTURE, slot, structure);
        if (postingList != null) {
            postingList.visit(visitor);
        }
    }

    /** Visits the posting list of an element that is a list or map, unless one of the same hash was visited before. */
    void visitStructureElement(int slot, long structure, int list, PostingList.Visitor<? super Q> visitor) {
        ValuePostingList<Q> postingList = findWord(Part.STRUCTURE_ELEMENT, slot, structure);
        if (postingList != null && postingList.isFirstOf(list)) {
            postingList.visit(visitor);
        }
    }

    private @Nullable ValuePostingList<Q> findWord(Part part, int slot, long word) {
        int namespace = namespace(part, slot);
        int hash = hashes.of(namespace, word);
        int index = table.start(hash);
        ValuePostingList<Q> postingList = table.at(index);
        while (postingList != null && !postingList.isWord(namespace, word)) {
            index = table.next(index, hash);
            postingList = table.at(index);
        }
        return postingList;
    }

    /**
     * Visits the posting list of an element of a list, or of a value within it, unless an equal one was visited before.
     *
     * @param part an element, or a value within it
     * @param slot the slot of the list, or the id of the path within it
     * @param slots the slots that contain the element
     * @param from the slot of the element there
     * @param list a number that is distinct for each list, and not 0
     */
    void visitElement(Part part, int slot, Slots slots, int from, int list, PostingList.Visitor<? super Q> visitor) {
        ValuePostingList<Q> postingList = find(part, slot, slots, from);
        if (postingList != null && postingList.isFirstOf(list)) {
            postingList.visit(visitor);
        }
    }

    /** Resets the numbers of lists. */
    void forgetLists() {
        table.forEach(postingList -> postingList.isFirstOf(0));
    }

    private @Nullable ValuePostingList<Q> find(Part part, int slot, Slots slots, int from) {
        int namespace = namespace(part, slot);
        int hash = hash(namespace, slots, from);
        int index = table.start(hash);
        ValuePostingList<Q> postingList = table.at(index);
        while (postingList != null && !postingList.isOf(namespace, slots, from)) {
            index = table.next(index, hash);
            postingList = table.at(index);
        }
        return postingList;
    }

    /** Visits the posting lists of the prefixes of a string. */
    void visitPrefixes(int slot, String text, PrefixLengths lengths, PostingList.Visitor<? super Q> visitor) {
        int namespace = namespace(Part.PREFIX, slot);
        long hash = hashes.start(namespace);
        int done = 0;
        for (int i = 0; i < lengths.count() && lengths.length(i) <= text.length(); i++) {
            for (int length = lengths.length(i); done < length; done++) {
                hash = hashes.stepPrefix(hash, text.charAt(done));
            }
            PostingList<Q> postingList = findAffix(Part.PREFIX, namespace, hashes.finish(hash), text, done);
            if (postingList != null) {
                postingList.visit(visitor);
            }
        }
    }

    /** Visits the posting lists of the suffixes of a string. */
    void visitSuffixes(int slot, String text, PrefixLengths lengths, PostingList.Visitor<? super Q> visitor) {
        int namespace = namespace(Part.SUFFIX, slot);
        long hash = hashes.start(namespace);
        int done = 0;
        for (int i = 0; i < lengths.count() && lengths.length(i) <= text.length(); i++) {
            for (int length = lengths.length(i); done < length; ) {
                hash = hashes.stepPrefix(hash, text.charAt(text.length() - ++done));
            }
            PostingList<Q> postingList = findAffix(Part.SUFFIX, namespace, hashes.finish(hash), text, done);
            if (postingList != null) {
                postingList.visit(visitor);
            }
        }
    }

    private @Nullable PostingList<Q> findAffix(Part part, int namespace, int hash, String text, int length) {
        int index = table.start(hash);
        ValuePostingList<Q> postingList = table.at(index);
        while (postingList != null && !postingList.isAffixOf(part, namespace, text, length)) {
            index = table.next(index, hash);
            postingList = table.at(index);
        }
        return postingList;
    }

    /** Returns whether values of a type have a key. */
    static boolean isKey(byte type) {
        return switch (type) {
            case ValueType.NULL, ValueType.NAN, ValueType.LIST, ValueType.MAP, ValueType.OTHER -> false;
            default -> true;
        };
    }

    private static int namespace(Part part, int slot) {
        return slot * Part.COUNT + part.number;
    }

    private int hash(Part part, int namespace, Object key) {
        if (key instanceof String text) {
            return hash(part, namespace, text);
        }
        if (key instanceof Instant instant) {
            return hashes.of(namespace, instant.getEpochSecond(), instant.getNano());
        }
        return key instanceof BigDecimal big
                ? hashes.of(namespace, big)
                : hashes.of(namespace, ValuePostingList.word(key));
    }

    private int hash(Part part, int namespace, String text) {
        if (part == Part.PREFIX) {
            return hashes.ofPrefix(namespace, text);
        }
        return part == Part.SUFFIX ? hashes.ofSuffix(namespace, text) : hashes.of(namespace, text);
    }

    private int hash(int namespace, Slots slots, int slot) {
        return switch (slots.type(slot)) {
            case ValueType.STRING -> hashes.of(namespace, (String) slots.object(slot));
            case ValueType.BIG -> hashes.of(namespace, (BigDecimal) slots.object(slot));
            case ValueType.INSTANT -> hashes.of(namespace, slots.word(slot), slots.nanos(slot));
            default -> hashes.of(namespace, slots.word(slot));
        };
    }
}
