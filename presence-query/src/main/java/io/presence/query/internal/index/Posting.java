package io.presence.query.internal.index;

import org.jspecify.annotations.Nullable;

/**
 * One query in one posting. A query that is filed in several postings has a chain of them.
 *
 * @param <Q> the type of queries
 */
abstract class Posting<Q> {
    @Nullable PostingList<Q> postingList;

    int position;
    private @Nullable Posting<Q> next;

    /** Returns the query that is filed. */
    abstract Q query();

    /** Returns where it is filed, or null if it is not. */
    @Nullable PostingList<Q> postingList() {
        return postingList;
    }

    /** Returns which one it is there. */
    int position() {
        return position;
    }

    /** Returns the next filing of the same query, or null. */
    @Nullable Posting<Q> next() {
        return next;
    }

    /** Sets the next filing of the same query. */
    void next(@Nullable Posting<Q> posting) {
        next = posting;
    }
}
