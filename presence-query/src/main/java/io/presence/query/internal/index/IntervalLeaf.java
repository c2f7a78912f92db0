package io.presence.query.internal.index;

import io.presence.query.internal.plan.Bound;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of an {@link IntervalTree}: ranges and their posting lists.
 *
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class IntervalLeaf<Q> extends IntervalNode<Q> {

    private static final int COLUMNS = 2;

    IntervalLeaf(int rows, boolean hasTexts) {
        super(COLUMNS, rows, hasTexts);
    }

    @SuppressWarnings("unchecked") // nothing else is put there
    IntervalPostingList<Q> postingList(int row) {
        return (IntervalPostingList<Q>) item(row);
    }

    /** Returns the row of a posting list of this leaf. */
    int rowOf(IntervalPostingList<Q> postingList) {
        int row = 0;
        while (item(row) != postingList) {
            row++;
        }
        return row;
    }

    @Override
    @Nullable IntervalPostingList<Q> find(Bound low, Bound high) {
        int row = countUpTo(low, high) - 1;
        return row >= 0 && compare(row, low, high) == 0 ? postingList(row) : null;
    }

    @Override
    void add(Bound low, Bound high, IntervalPostingList<Q> postingList) {
        reserve(size() + 1, low, high);
        int row = countUpTo(low, high);
        insertItem(row, postingList);
        set(row, LOW, low);
        set(row, HIGH, high);
        postingList.leaf = this;
    }

    @Override
    void remove(Bound low, Bound high) {
        shrink();
        int row = countUpTo(low, high) - 1;
        postingList(row).leaf = null;
        removeRow(row);
    }

    @Override
    void visit(long below, long above, @Nullable String text, PostingList.Visitor<? super Q> visitor) {
        for (int i = next(0, below, above, text); i != NONE; i = next(i + 1, below, above, text)) {
            postingList(i).visit(visitor);
        }
    }

    @Override
    IntervalLeaf<Q> sibling(int rows) {
        return new IntervalLeaf<>(rows, hasTexts());
    }

    @Override
    void onJoined(int row) {
        for (int i = row; i < size(); i++) {
            postingList(i).leaf = this;
        }
    }
}
