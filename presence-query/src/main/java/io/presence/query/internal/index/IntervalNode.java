package io.presence.query.internal.index;

import io.presence.query.internal.plan.Bound;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of an {@link IntervalTree}: rows of bounds with an item each. The last column has the greatest upper end of
 * the ranges of each item.
 *
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
abstract sealed class IntervalNode<Q> extends BoundRows permits IntervalLeaf, IntervalBranch {

    /** The maximum number of items of a node. */
    static final int CAPACITY = 32;

    private @Nullable Object[] items;

    IntervalNode(int columns, int rows, boolean hasTexts) {
        super(columns, rows, hasTexts);
        items = new Object[rows];
    }

    /** Returns the posting list of a range, or null. */
    abstract @Nullable IntervalPostingList<Q> find(Bound low, Bound high);

    /** Adds a range that is not below this node, which must not be full. */
    abstract void add(Bound low, Bound high, IntervalPostingList<Q> postingList);

    /** Removes a range that is below this node. */
    abstract void remove(Bound low, Bound high);

    /** Visits the posting lists of the ranges around a point, as the tree does. */
    abstract void visit(long below, long above, @Nullable String text, PostingList.Visitor<? super Q> visitor);

    /** Creates an empty node of the same kind. */
    abstract IntervalNode<Q> sibling(int rows);

    /** Called after items came from another node: those from a row on. */
    abstract void onJoined(int row);

    final boolean isFull() {
        return size() == CAPACITY;
    }

    final Object item(int row) {
        Object item = items[row];
        if (item == null) {
            throw new IndexOutOfBoundsException(row);
        }
        return item;
    }

    /** Inserts an item, for which there must be room. Its bounds must be set. */
    final void insertItem(int row, Object item) {
        insertRow(row);
        items[row] = item;
    }

    /** Moves the items from a row on to a new node, which is returned. */
    final IntervalNode<Q> split(int row) {
        IntervalNode<Q> right = sibling(size() - row);
        right.addAll(this, row);
        truncate(row);
        right.onJoined(0);
        return right;
    }

    /** Makes room for a row and for the texts of a range. */
    final void reserve(int rows, Bound low, Bound high) {
        reserve(rows, hasText(low, high));
    }

    /** Returns whether a range of strings has an end that is a string. */
    static boolean hasText(Bound low, Bound high) {
        return low.text() != null || high.text() != null;
    }

    @Override
    final void resize(int rows, boolean withTexts) {
        @Nullable Object[] newItems = Arrays.copyOf(items, rows);
        super.resize(rows, withTexts);
        items = newItems;
    }

    @Override
    final void insertRow(int row) {
        System.arraycopy(items, row, items, row + 1, size() - row);
        super.insertRow(row);
    }

    @Override
    final void removeRow(int row) {
        System.arraycopy(items, row + 1, items, row, size() - row - 1);
        items[size() - 1] = null;
        super.removeRow(row);
    }

    final void addAll(IntervalNode<Q> other, int from) {
        System.arraycopy(other.items, from, items, size(), other.size() - from);
        super.addAll(other, from);
    }
}
