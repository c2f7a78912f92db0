package io.presence.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of one store: for each of some attributes, the entries by their value.
 *
 * <p>An entry is posted under the values of two states: the present one, for lists, and the one told last, for
 * snapshots. Whoever changes either, while holding the entry, first {@linkplain #addPostings enters} what is new, then
 * publishes the change, then {@linkplain #removePostings leaves} what neither has any longer. So who finds an entry in a state
 * finds it posted under that state's values, and who finds it posted must look at the state itself.
 *
 * <p><b>Cost.</b> A few look-ups in each state; one change of a hash table for each value that has come or gone.
 *
 * <p><b>Threads.</b> Safe for use by any thread; changes for one entry one at a time.
 *
 * @param <E> what is found; told apart by identity
 */
public final class SecondaryIndexes<E> {

    private final List<AttributeIndex<E>> indexes;

    /**
     * Makes empty indexes.
     *
     * @param attributes what to index, each once
     */
    public SecondaryIndexes(List<AttributePath> attributes) {
        indexes = attributes.stream()
                .map(attribute -> new AttributeIndex<E>(attribute))
                .toList();
    }

    /**
     * Posts an entry under the values of a state that is about to be.
     *
     * @param state the state to be, or null for none
     * @param posted a state under whose values it is posted already, or null for none
     * @param postedToo another, or null for none
     */
    public void addPostings(
            E entry, @Nullable Attributes state, @Nullable Attributes posted, @Nullable Attributes postedToo) {
        for (AttributeIndex<E> index : indexes) {
            index.addPostings(entry, state, posted, postedToo);
        }
    }

    /**
     * Takes an entry from under the values of a state that is no more.
     *
     * @param state the state that was, or null for none
     * @param kept a state under whose values it stays posted, or null for none
     * @param keptToo another, or null for none
     */
    public void removePostings(
            E entry, @Nullable Attributes state, @Nullable Attributes kept, @Nullable Attributes keptToo) {
        for (AttributeIndex<E> index : indexes) {
            index.removePostings(entry, state, kept, keptToo);
        }
    }

    /** Tells whether two states, or none, have the same values, so that an entry can go from one to the other in place. */
    public boolean isSame(@Nullable Attributes state, @Nullable Attributes other) {
        if (state == other) {
            return true;
        }
        if (state == null || other == null) {
            return false;
        }
        /* By index: for every write. */
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

    /** The number of postings in all indexes: an entry counts once for each value that it is posted under. */
    public long size() {
        return indexes.stream().mapToLong(AttributeIndex::size).sum();
    }
}
