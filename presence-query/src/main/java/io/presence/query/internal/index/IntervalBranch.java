package io.presence.query.internal.index;

import io.presence.query.internal.plan.Bound;
import org.jspecify.annotations.Nullable;

/**
 * A node of an {@link IntervalTree} above others. The row of a child has its first range, and the greatest upper end
 * below it.
 *
 * <p>All that is allocated for an operation is allocated on the way down, where each step leaves a correct tree. On the
 * way up, bounds are corrected.
 *
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class IntervalBranch<Q> extends IntervalNode<Q> {

    /** The column of the greatest upper ends. */
    static final int GREATEST = 2;
    /**
     * The maximum number of items of two neighbours that become one node. It leaves room, so that the node is not split
     * again soon.
     */
    static final int MERGED = CAPACITY / 4 * 3;

    private static final int COLUMNS = 3;

    IntervalBranch(int rows, boolean hasTexts) {
        super(COLUMNS, rows, hasTexts);
    }

    /** Creates a branch above a full node, which is split for a range. */
    static <Q> IntervalBranch<Q> above(IntervalNode<Q> full, Bound low, Bound high) {
        IntervalBranch<Q> branch = new IntervalBranch<>(2, full.hasTexts());
        branch.insertItem(0, full);
        branch.split(0, low, high);
        return branch;
    }

    @SuppressWarnings("unchecked") // nothing else is put there
    IntervalNode<Q> child(int row) {
        return (IntervalNode<Q>) item(row);
    }

    /** Returns the row of the child below which a range is, or must be added. */
    private int rowOf(Bound low, Bound high) {
        return Math.max(0, countUpTo(low, high) - 1);
    }

    @Override
    @Nullable IntervalPostingList<Q> find(Bound low, Bound high) {
        return child(rowOf(low, high)).find(low, high);
    }

    @Override
    void add(Bound low, Bound high, IntervalPostingList<Q> postingList) {
        reserve(size(), low, high);
        int row = rowOf(low, high);
        if (child(row).isFull()) {
            split(row, low, high);
            row = rowOf(low, high);
        }
        child(row).add(low, high, postingList);
        include(row, low, high);
    }

    private void include(int row, Bound low, Bound high) {
        if (compare(row, low, high) > 0) {
            set(row, LOW, low);
            set(row, HIGH, high);
        }
        if (compare(row, GREATEST, high) < 0) {
            set(row, GREATEST, high);
        }
    }

    /* The last child is split at its end for a range behind its items, so that ranges added in order fill the nodes. */
    private void split(int row, Bound low, Bound high) {
        IntervalNode<Q> child = child(row);
        boolean isAtEnd = row == size() - 1 && child.countUpTo(low, high) == CAPACITY;
        reserve(size() + 1, child.hasTexts());
        IntervalNode<Q> right = child.split(isAtEnd ? CAPACITY - 1 : CAPACITY / 2);
        insertItem(row + 1, right);
        update(row);
        update(row + 1);
    }

    @Override
    void remove(Bound low, Bound high) {
        shrink();
        int row = rowOf(low, high);
        if (merge(row - 1)) {
            row--;
        } else {
            merge(row);
        }
        boolean isGreatest = compare(row, GREATEST, high) == 0;
        IntervalNode<Q> child = child(row);
        child.remove(low, high);
        if (child.size() == 0) {
            removeRow(row);
        } else {
            setToFirst(row, child);
            if (isGreatest) {
                setToGreatest(row, GREATEST, child);
            }
        }
    }

    /** Merges a child with the next one if both are small. Returns whether they were merged. */
    private boolean merge(int row) {
        if (row < 0 || row + 1 >= size()) {
            return false;
        }
        IntervalNode<Q> left = child(row);
        IntervalNode<Q> right = child(row + 1);
        int seam = left.size();
        if (seam + right.size() > MERGED) {
            return false;
        }
        left.reserve(seam + right.size(), right.hasTexts());
        left.addAll(right, 0);
        removeRow(row + 1);
        update(row);
        left.onJoined(seam);
        return true;
    }

    /** Computes the bounds of a child. */
    private void update(int row) {
        IntervalNode<Q> child = child(row);
        setToFirst(row, child);
        setToGreatest(row, GREATEST, child);
    }

    @Override
    void visit(long below, long above, @Nullable String text, PostingList.Visitor<? super Q> visitor) {
        for (int i = next(0, below, above, text); i != NONE; i = next(i + 1, below, above, text)) {
            child(i).visit(below, above, text, visitor);
        }
    }

    @Override
    IntervalBranch<Q> sibling(int rows) {
        return new IntervalBranch<>(rows, hasTexts());
    }

    /* Children that had no common parent can be small both. */
    @Override
    void onJoined(int row) {
        merge(row - 1);
    }
}
