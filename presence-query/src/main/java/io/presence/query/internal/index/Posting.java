package io.presence.query.internal.index;

import org.jspecify.annotations.Nullable;

/**
 * One query in one posting list. The postings of one query form a linked list.
 *
 * @param <Q> the type of queries
 */
abstract class Posting<Q> {

    @Nullable PostingList<Q> postingList;

    int position;
    private @Nullable Posting<Q> next;

    /** Returns the query. */
    abstract Q query();

    /** Returns the posting list that this is in, or null. */
    @Nullable PostingList<Q> postingList() {
        return postingList;
    }

    /** Returns the position in that list. */
    int position() {
        return position;
    }

    /** Returns the next posting of the same query, or null. */
    @Nullable Posting<Q> next() {
        return next;
    }

    /** Sets the next posting of the same query. */
    void next(@Nullable Posting<Q> posting) {
        next = posting;
    }
}
