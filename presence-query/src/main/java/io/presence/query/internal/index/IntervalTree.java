package io.presence.query.internal.index;

import io.presence.query.internal.plan.Bound;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An index of the ranges of one slot that finds the ranges around a point.
 *
 * <p><b>Cost.</b> Adding and removing a range take expected O(log n) in the number of distinct ranges, over the random
 * numbers of the tree. Finding the k ranges around a point takes O(min(n, k log n)) and allocates nothing.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class IntervalTree<Q> {

    /*
     * A treap (Seidel and Aragon, Randomized Search Trees, 1996) ordered by the lower ends of ranges, with the greatest
     * upper end below each node (Cormen et al., Introduction to Algorithms, 14.3).
     */

    private final SplittableRandom random;
    private final PostingList.Owner<Q> owner;
    private @Nullable Interval<Q> root;
    private int size;

    @SuppressWarnings("unchecked") // an array of a generic type can't be made otherwise
    private @Nullable Interval<Q>[] stack = (Interval<Q>[]) new Interval<?>[16];

    /** Creates an empty tree. */
    IntervalTree(long seed, PostingList.Owner<Q> owner) {
        this.owner = owner;
        random = new SplittableRandom(seed);
    }

    /** Returns the number of distinct ranges. */
    int size() {
        return size;
    }

    /** Returns the posting list of a range, or null. */
    @Nullable PostingList<Q> find(Bound low, Bound high) {
        Interval<Q> node = root;
        while (node != null) {
            int order = node.compareTo(low, high);
            if (order == 0) {
                return node;
            }
            node = order > 0 ? node.left : node.right;
        }
        return null;
    }

    /** Returns the posting list of a range, which is created if absent. The range must not end before it starts. */
    PostingList<Q> findOrAdd(Bound low, Bound high) {
        PostingList<Q> found = find(low, high);
        if (found != null) {
            return found;
        }
        Interval<Q> made = low.text() == null && high.text() == null
                ? new Interval<>(owner, low, high, random.nextInt())
                : new TextInterval<>(owner, low, high, random.nextInt());
        root = insert(root, made);
        size++;
        return made;
    }

    private Interval<Q> insert(@Nullable Interval<Q> node, Interval<Q> made) {
        if (node == null) {
            return made;
        }
        boolean goesLeft = node.compareTo(made) > 0;
        Interval<Q> child = insert(goesLeft ? node.left : node.right, made);
        link(node, child, goesLeft);
        return child.priority > node.priority ? raise(node, child, goesLeft) : node;
    }

    private static <Q> void link(Interval<Q> node, @Nullable Interval<Q> child, boolean onLeft) {
        if (onLeft) {
            node.left = child;
        } else {
            node.right = child;
        }
        node.updateMax();
    }

    /** Rotates a child above its parent. */
    private static <Q> Interval<Q> raise(Interval<Q> node, Interval<Q> child, boolean fromLeft) {
        link(node, fromLeft ? child.right : child.left, fromLeft);
        link(child, node, !fromLeft);
        return child;
    }

    /** Removes a posting list of this tree. */
    void remove(PostingList<Q> empty) {
        Interval<Q> gone = (Interval<Q>) empty;
        root = remove(root, gone);
        size--;
        forget(gone);
    }

    /* Clears references that would keep removed nodes reachable. */
    private void forget(Interval<Q> gone) {
        gone.left = null;
        gone.right = null;
        Arrays.fill(stack, null);
    }

    private @Nullable Interval<Q> remove(@Nullable Interval<Q> node, Interval<Q> gone) {
        if (node == null) {
            throw new IllegalStateException("postingList must be in the tree");
        }
        if (node == gone) {
            return merge(node.left, node.right);
        }
        boolean goesLeft = node.compareTo(gone) > 0;
        link(node, remove(goesLeft ? node.left : node.right, gone), goesLeft);
        return node;
    }

    private static <Q> @Nullable Interval<Q> merge(@Nullable Interval<Q> left, @Nullable Interval<Q> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        boolean leftOnTop = left.priority > right.priority;
        Interval<Q> top = leftOnTop ? left : right;
        link(top, leftOnTop ? merge(left.right, right) : merge(left, right.left), !leftOnTop);
        return top;
    }

    /**
     * Visits the posting lists of the ranges around a point, in the order of their lower ends.
     *
     * @param below the word of the point, as in {@link Bound}; the lesser one if the point is between two words
     * @param above the same word, or the greater one
     * @param text the text of the point, as in {@link Bound}
     */
    void visit(long below, long above, @Nullable String text, PostingList.Visitor<? super Q> visitor) {
        int depth = 0;
        Interval<Q> node = root;
        while (true) {
            while (node != null && !node.allEndBefore(above, text)) {
                depth = push(node, depth);
                node = node.left;
            }
            if (depth == 0) {
                return;
            }
            node = stack[--depth];
            /* All remaining nodes start at or after this one. */
            if (node == null || node.startsAfter(below, text)) {
                return;
            }
            if (!node.endsBefore(above, text)) {
                node.visit(visitor);
            }
            node = node.right;
        }
    }

    private int push(Interval<Q> node, int depth) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, 2 * depth);
        }
        stack[depth] = node;
        return depth + 1;
    }
}
