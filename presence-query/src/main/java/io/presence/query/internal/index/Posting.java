package io.presence.query.internal.index;

import org.jspecify.annotations.Nullable;

/**
 * One query in one posting. A query that is filed in several postings has a chain of them.
 *
 * @param <Q> the type of queries
 */
public abstract class Posting<Q> {
    @Nullable PostingList<Q> posting;

    int position;
    private @Nullable Posting<Q> next;

    /** Returns the query that is filed. */
    public abstract Q query();

    /** Returns where it is filed, or null if it is not. */
    public @Nullable PostingList<Q> posting() {
        return posting;
    }

    /** Returns which one it is there. */
    public int position() {
        return position;
    }

    /** Returns the next filing of the same query, or null. */
    public @Nullable Posting<Q> next() {
        return next;
    }

    /** Sets the next filing of the same query. */
    public void next(@Nullable Posting<Q> filing) {
        next = filing;
    }
}
