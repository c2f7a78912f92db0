package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.internal.plan.Bound;
import java.util.ArrayList;
import java.util.List;

/** The nodes of an interval tree, after a check of all that must hold for them. */
final class IntervalTreeShape {

    /* The most rows that a node has no use for: those of two steps, and those that one removal takes after a check. */
    private static final int UNUSED = 12;

    private final List<IntervalLeaf<Entry>> leaves = new ArrayList<>();
    private final List<IntervalBranch<Entry>> branches = new ArrayList<>();
    private int depth;

    private IntervalTreeShape() {}

    /** Checks a tree. */
    static IntervalTreeShape of(IntervalTree<Entry> tree) {
        IntervalTreeShape shape = new IntervalTreeShape();
        IntervalNode<Entry> root = tree.root();
        if (root != null) {
            shape.add(root, 1);
            assertThat(root instanceof IntervalBranch && root.size() == 1).isFalse();
        }
        assertThat(shape.leaves.stream().mapToInt(BoundRows::size).sum()).isEqualTo(tree.size());
        shape.checkOrder();
        return shape;
    }

    /** Returns the leaves in their order. */
    List<IntervalLeaf<Entry>> leaves() {
        return leaves;
    }

    /** Returns the branches, each before those below it. */
    List<IntervalBranch<Entry>> branches() {
        return branches;
    }

    /** Returns the number of levels. */
    int depth() {
        return depth;
    }

    private void add(IntervalNode<Entry> node, int level) {
        assertThat(node.size()).isBetween(1, IntervalNode.CAPACITY);
        checkUnused(node);
        if (node instanceof IntervalBranch<Entry> branch) {
            branches.add(branch);
            for (int i = 0; i < branch.size(); i++) {
                add(branch.child(i), level + 1);
            }
            checkRows(branch);
        } else {
            assertThat(depth == 0 || depth == level).isTrue();
            depth = level;
            leaves.add((IntervalLeaf<Entry>) node);
        }
    }

    private static void checkUnused(IntervalNode<Entry> node) {
        assertThat(node.length() - node.size()).isBetween(0, UNUSED);
        for (int i = node.size(); i < node.length(); i++) {
            int row = i;
            assertThatThrownBy(() -> node.item(row)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(node.get(row, BoundRows.LOW).text()).isNull();
            assertThat(node.get(row, BoundRows.HIGH).text()).isNull();
        }
    }

    private static void checkRows(IntervalBranch<Entry> branch) {
        for (int i = 0; i < branch.size(); i++) {
            IntervalNode<Entry> child = branch.child(i);
            assertThat(branch.get(i, BoundRows.LOW)).isEqualTo(child.get(0, BoundRows.LOW));
            assertThat(branch.get(i, BoundRows.HIGH)).isEqualTo(child.get(0, BoundRows.HIGH));
            assertThat(branch.get(i, IntervalBranch.GREATEST)).isEqualTo(greatest(child));
            assertThat(child.hasTexts()).isIn(false, branch.hasTexts());
            if (i > 0) {
                assertThat(branch.child(i - 1).size() + child.size()).isGreaterThanOrEqualTo(IntervalNode.CAPACITY / 2);
            }
        }
    }

    private static Bound greatest(IntervalNode<Entry> node) {
        Bound greatest = Bound.LOWEST;
        for (int i = 0; i < node.size(); i++) {
            Bound end = node instanceof IntervalBranch<Entry> branch
                    ? greatest(branch.child(i))
                    : node.get(i, BoundRows.HIGH);
            greatest = greatest.compareTo(end) >= 0 ? greatest : end;
        }
        return greatest;
    }

    private void checkOrder() {
        IntervalLeaf<Entry> before = null;
        for (IntervalLeaf<Entry> leaf : leaves) {
            for (int i = 0; i < leaf.size(); i++) {
                Bound low = leaf.get(i, BoundRows.LOW);
                Bound high = leaf.get(i, BoundRows.HIGH);
                assertThat(low).isLessThanOrEqualTo(high);
                assertThat(leaf.postingList(i).leaf).isSameAs(leaf);
                assertThat(leaf.postingList(i).isEmpty()).isFalse();
                assertThat(i == 0 || leaf.compare(i - 1, low, high) < 0).isTrue();
                assertThat(i > 0 || before == null || before.compare(before.size() - 1, low, high) < 0)
                        .isTrue();
            }
            before = leaf;
        }
    }
}
