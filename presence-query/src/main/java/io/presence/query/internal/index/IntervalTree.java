package io.presence.query.internal.index;

import io.presence.query.internal.plan.Bound;
import org.jspecify.annotations.Nullable;

/**
 * An index of the ranges of one slot that finds the ranges around a point.
 *
 * <p><b>Cost.</b> Adding and removing a range take O(log n) in the number of distinct ranges. Finding the k ranges
 * around a point takes O(min(n, k log n)) and allocates nothing.
 * <p><b>Threads.</b> For one thread.
 * <p><b>Errors.</b> If there is no memory for an operation, the ranges are as before.
 *
 * @param <Q> the type of queries
 */
final class IntervalTree<Q> {

    /*
     * A B+ tree (Comer, The Ubiquitous B-Tree, 1979) ordered by the lower and then the upper ends of ranges, with the
     * greatest upper end below each node (Cormen et al., Introduction to Algorithms, 14.3). Full nodes are split and
     * small neighbours merged on the way down (Guibas and Sedgewick, A Dichromatic Framework for Balanced Trees, 1978).
     *
     * A child is read only if its first range does not start after the point, and its greatest end is not before it.
     * All but the last such child of a branch start no range after the point, so there is a match below them. So at
     * most one node of each level is read in vain.
     *
     * Two neighbours below one branch have at least half of the items of a full node together, hence the depth.
     */

    private final PostingList.Owner<Q> owner;
    private @Nullable IntervalNode<Q> root;
    private int size;

    /** Creates an empty tree. */
    IntervalTree(PostingList.Owner<Q> owner) {
        this.owner = owner;
    }

    /** Returns the number of distinct ranges. */
    int size() {
        return size;
    }

    /** Returns the top node, or null if there are no ranges. */
    @Nullable IntervalNode<Q> root() {
        return root;
    }

    /** Returns the posting list of a range, or null. */
    @Nullable PostingList<Q> find(Bound low, Bound high) {
        return root == null ? null : root.find(low, high);
    }

    /** Returns the posting list of a range, which is created if absent. The range must not end before it starts. */
    PostingList<Q> findOrAdd(Bound low, Bound high) {
        PostingList<Q> found = find(low, high);
        if (found != null) {
            return found;
        }
        IntervalPostingList<Q> made = new IntervalPostingList<>(owner);
        IntervalNode<Q> top = root;
        if (top == null) {
            top = new IntervalLeaf<>(1, IntervalNode.hasText(low, high));
        } else if (top.isFull()) {
            top = IntervalBranch.above(top, low, high);
        }
        root = top;
        top.add(low, high, made);
        size++;
        return made;
    }

    /** Removes a posting list of this tree. */
    void remove(PostingList<Q> empty) {
        IntervalPostingList<Q> gone = (IntervalPostingList<Q>) empty;
        IntervalLeaf<Q> leaf = gone.leaf;
        IntervalNode<Q> top = root;
        if (leaf == null || top == null) {
            throw new IllegalStateException("postingList must be in the tree");
        }
        int row = leaf.rowOf(gone);
        top.remove(leaf.get(row, BoundRows.LOW), leaf.get(row, BoundRows.HIGH));
        size--;
        root = top.size() == 0 ? null : lowered(top);
    }

    /** Returns the highest node that has several items or is a leaf. */
    private static <Q> IntervalNode<Q> lowered(IntervalNode<Q> top) {
        IntervalNode<Q> lowered = top;
        while (lowered instanceof IntervalBranch<Q> branch && branch.size() == 1) {
            lowered = branch.child(0);
        }
        return lowered;
    }

    /**
     * Visits the posting lists of the ranges around a point, in the order of their lower ends.
     *
     * @param below the word of the point, as in {@link Bound}; the lesser one if the point is between two words
     * @param above the same word, or the greater one
     * @param text the text of the point, as in {@link Bound}
     */
    void visit(long below, long above, @Nullable String text, PostingList.Visitor<? super Q> visitor) {
        if (root != null) {
            root.visit(below, above, text, visitor);
        }
    }
}
