package io.presence.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The secondary indexes of a store: for each indexed attribute, the entries by their value.
 *
 * <p>An entry is indexed under the values of two states: the present one, for lists, and the one dispatched last, for
 * snapshots. To change either, a thread that holds the entry's monitor first {@linkplain #addPostings adds} the
 * postings of the new state, then publishes it, then {@linkplain #removePostings removes} those that neither state
 * has any longer. So an entry in a given state is always indexed under that state's values, and a reader of a posting
 * must check the state itself.
 *
 * <p><b>Cost.</b> One look-up per indexed attribute in each state; one change of a hash table for each value that is
 * added or removed.
 *
 * <p><b>Threads.</b> Safe for use by any thread; changes for one entry by one thread at a time.
 *
 * @param <E> the type of entries, compared by identity
 */
public final class SecondaryIndexes<E> {

    private final List<AttributeIndex<E>> indexes;

    /**
     * Creates empty indexes.
     *
     * @param attributes the indexed attributes, each once
     */
    public SecondaryIndexes(List<AttributePath> attributes) {
        indexes = attributes.stream()
                .map(attribute -> new AttributeIndex<E>(attribute))
                .toList();
    }

    /**
     * Indexes an entry under the values of a state that is about to be published.
     *
     * @param state the new state, or null for none
     * @param posted a state under whose values it is indexed already, or null for none
     * @param postedToo another, or null for none
     */
    public void addPostings(
            E entry, @Nullable Attributes state, @Nullable Attributes posted, @Nullable Attributes postedToo) {
        for (AttributeIndex<E> index : indexes) {
            index.addPostings(entry, state, posted, postedToo);
        }
    }

    /**
     * Removes the postings of a state that has been replaced.
     *
     * @param state the replaced state, or null for none
     * @param kept a state under whose values it stays indexed, or null for none
     * @param keptToo another, or null for none
     */
    public void removePostings(
            E entry, @Nullable Attributes state, @Nullable Attributes kept, @Nullable Attributes keptToo) {
        for (AttributeIndex<E> index : indexes) {
            index.removePostings(entry, state, kept, keptToo);
        }
    }

    /**
     * Reads the slots of the postings of states, before they are removed.
     *
     * @param hashes overwritten; at least as long as {@code count}
     * @param count the number of states
     * @return a number that depends on what is read
     */
    public int readAhead(@Nullable Attributes[] states, int[] hashes, int count) {
        int read = 0;
        for (int i = 0; i < indexes.size(); i++) {
            read += indexes.get(i).readAhead(states, hashes, count);
        }
        return read;
    }

    /** Returns whether two states, or none, have the same postings. */
    public boolean isSame(@Nullable Attributes state, @Nullable Attributes other) {
        if (state == other) {
            return true;
        }
        if (state == null || other == null) {
            return false;
        }
        /* By index, without an iterator: this runs for every write. */
        for (int i = 0; i < indexes.size(); i++) {
            if (!indexes.get(i).isSame(state, other)) {
                return false;
            }
        }
        return true;
    }

    @Nullable AttributeIndex<E> on(AttributePath attribute) {
        for (AttributeIndex<E> index : indexes) {
            if (index.attribute().equals(attribute)) {
                return index;
            }
        }
        return null;
    }

    /** The number of postings in all indexes. An entry counts once for each value that it is indexed under. */
    public long size() {
        return indexes.stream().mapToLong(AttributeIndex::size).sum();
    }
}
