package io.presence.query.internal.index;

import org.jspecify.annotations.Nullable;

/**
 * The posting list of one range, which is in a leaf of an {@link IntervalTree}.
 *
 * @param <Q> the type of queries
 */
final class IntervalPostingList<Q> extends PostingList<Q> {

    /* Has the ends of the range; null if the range is in no tree. */
    @Nullable IntervalLeaf<Q> leaf;

    IntervalPostingList(Owner<Q> owner) {
        super(owner);
    }
}
