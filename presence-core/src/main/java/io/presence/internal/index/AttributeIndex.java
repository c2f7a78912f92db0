package io.presence.internal.index;

import io.presence.internal.table.PagedTable;
import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The index of one attribute: the entries by the {@linkplain Values#key key} of their value. A value without a key is
 * not indexed.
 *
 * <p>The index keeps the hash code of a key alone. Keys of one code share a posting set, and the reader tests each
 * entry anyway. So a posting set of one entry, which is the common case, takes no memory but its slot in the table.
 *
 * <p><b>Reading several keys.</b> An entry may change from a key that is not read yet to one that is read already, and
 * would be missed although it had one of them all along. So a reader of several keys registers a list, and an entry
 * that is removed from a posting set is added to that list first. Suppose that an entry is missed at two keys. Then it
 * was still in the posting set that is read second when the other one was read, and was removed from it later. The list
 * was already registered at that time. It was added to the list before that removal, so the reader finds it there.
 *
 * <p><b>Threads.</b> Safe for use by any thread; changes for one entry by one thread at a time. Readers take no lock.
 */
final class AttributeIndex<E> {

    /* The code of a value without a key. */
    private static final int NONE = 0;

    private final AttributePath attribute;
    /*
     * No two codes have the same hash, so the table compares a posting set only with its own code, or while another's
     * takes over its slot.
     */
    private final PagedTable<Integer, Object> postings = new PagedTable<>() {
        @Override
        protected boolean hasKey(Object posting, Integer code) {
            return true;
        }
    };
    private final List<Consumer<E>> readers = new CopyOnWriteArrayList<>();

    AttributeIndex(AttributePath attribute) {
        this.attribute = attribute;
    }

    AttributePath attribute() {
        return attribute;
    }

    void addPostings(E entry, @Nullable Attributes state, @Nullable Attributes posted, @Nullable Attributes postedToo) {
        int code = code(state);
        if (code != NONE && code != code(posted) && code != code(postedToo)) {
            postings.compute(code, posting -> PostingSet.with(posting, entry));
        }
    }

    void removePostings(E entry, @Nullable Attributes state, @Nullable Attributes kept, @Nullable Attributes keptToo) {
        int code = code(state);
        if (code != NONE && code != code(kept) && code != code(keptToo)) {
            notifyReaders(entry);
            boolean isAlone = kept == null && keptToo == null;
            if (!isAlone || !postings.removeNear(PagedTable.hash(code), entry)) {
                postings.compute(code, posting -> PostingSet.without(posting, entry));
            }
            notifyReaders(entry);
        }
    }

    private void notifyReaders(E entry) {
        if (!readers.isEmpty()) {
            readers.forEach(reader -> reader.accept(entry));
        }
    }

    /** Reads the slots of the postings of states. Returns a number that depends on them. */
    int readAhead(@Nullable Attributes[] states, int[] hashes, int count) {
        for (int i = 0; i < count; i++) {
            hashes[i] = PagedTable.hash(code(states[i]));
        }
        return postings.readAheadOfRemovals(hashes, count);
    }

    /** Returns whether two states have the same posting, or none. */
    boolean isSame(Attributes state, Attributes other) {
        Object value = state.get(attribute);
        Object compared = other.get(attribute);
        /* States of one presence share their user id. */
        return value == compared || code(Values.key(value)) == code(Values.key(compared));
    }

    private int code(@Nullable Attributes state) {
        return state == null ? NONE : code(Values.key(state.get(attribute)));
    }

    private static int code(@Nullable Object key) {
        if (key == null) {
            return NONE;
        }
        int code = key.hashCode();
        return code == NONE ? 1 : code;
    }

    private @Nullable Object posting(Object key) {
        return postings.get(code(key));
    }

    /** All entries that have one of these keys throughout the call, each once, and possibly others. */
    Collection<E> entries(Set<Object> keys) {
        if (keys.size() == 1) {
            Object posting = posting(keys.iterator().next());
            if (!PostingSet.isChangedInPlace(posting)) {
                return PostingSet.entries(posting);
            }
        }
        Queue<E> removed = new ConcurrentLinkedQueue<>();
        List<E> found = new ArrayList<>();
        Consumer<E> reader = removed::add;
        readers.add(reader);
        try {
            for (Object key : keys) {
                found.addAll(PostingSet.entries(posting(key)));
            }
        } finally {
            readers.remove(reader);
        }
        if (keys.size() == 1 && removed.isEmpty()) {
            return found;
        }
        Set<E> each = new HashSet<>(found);
        each.addAll(removed);
        return each;
    }

    /** All entries that keep one of these keys throughout the iteration, and possibly others. */
    Iterator<E> iterator(Set<Object> keys) {
        Iterator<Object> remaining = keys.iterator();
        return new ConcatIterator<>(() -> remaining.hasNext()
                ? PostingSet.<E>entries(posting(remaining.next())).iterator()
                : null);
    }

    long size(Set<Object> keys) {
        long size = 0;
        for (Object key : keys) {
            size += PostingSet.size(posting(key));
        }
        return size;
    }

    long size() {
        long size = 0;
        for (Iterator<Object> all = postings.iterator(); all.hasNext(); ) {
            size += PostingSet.size(all.next());
        }
        return size;
    }
}
