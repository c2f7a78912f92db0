package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.fixture.Heap;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.plan.Bound;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The number of nodes, what they take, and how many of them a search reads. */
class IntervalTreeShapeTest {

    private static final int MANY = 20_000;
    private static final String PREFIX = "a".repeat(200);

    private final SplittableRandom random = Seed.random();
    private RangeModel model = new RangeModel();

    private void add(int low, int high) {
        model.add(Bound.ofNumber(low), Bound.ofNumber(high));
    }

    private IntervalTreeShape shape() {
        return IntervalTreeShape.of(model.tree());
    }

    @Test
    void add_fewRanges_takesOneLeafThatGrowsWithThem() {
        for (int i = 1; i <= IntervalNode.CAPACITY; i++) {
            add(i, i + 1);
            assertThat(model.tree().root()).isInstanceOf(IntervalLeaf.class);
            assertThat(shape().leaves().get(0).length()).isBetween(i, i + i / 2 + 1);
            assertThat(shape().leaves().get(0).hasTexts()).isFalse();
        }
        add(0, 1);
        assertThat(shape().leaves()).hasSize(2);
        assertThat(shape().branches()).hasSize(1);
    }

    @Test
    void add_inOrder_fillsTheLeaves() {
        for (int i = 0; i < MANY; i++) {
            add(i, i + 10);
        }
        assertThat(shape().leaves()).hasSizeLessThanOrEqualTo(MANY / (IntervalNode.CAPACITY - 1) + 1);
    }

    @Test
    void add_inAnyOrder_fillsTwoThirdsOfTheLeaves() {
        for (int i = 0; i < MANY; i++) {
            add(random.nextInt(), Integer.MAX_VALUE);
        }
        assertThat(shape().leaves()).hasSizeLessThan(MANY * 3 / 2 / IntervalNode.CAPACITY);
    }

    /** The leaf before the last one is too full to be merged with it. */
    @Test
    void remove_theLastRangeOfALeaf_removesTheLeaf() {
        for (int i = 0; i <= IntervalNode.CAPACITY; i++) {
            add(i, i);
        }
        assertThat(shape().leaves()).hasSize(2);
        model.remove(model.size() - 1);
        model.remove(model.size() - 1);

        assertThat(shape().leaves()).hasSize(1);
        assertThat(shape().branches()).isEmpty();
        assertThat(model.visit(Bound.ofNumber(3))).isEqualTo(1);
    }

    @Test
    void remove_most_mergesNodes() {
        for (int i = 0; i < MANY; i++) {
            add(random.nextInt(MANY), MANY);
        }
        while (model.size() > MANY / 100) {
            model.removeAny(random);
        }
        assertThat(shape().leaves()).hasSizeLessThan(MANY / 100 * 4 / IntervalNode.CAPACITY);
        assertThat(shape().depth()).isEqualTo(2);
    }

    @Test
    void remove_all_leavesNoNode() {
        for (int i = 0; i < MANY; i++) {
            add(random.nextInt(MANY), MANY);
        }
        while (model.size() > 0) {
            model.removeAny(random);
        }

        assertThat(model.tree().root()).isNull();
        assertThat(model.tree().size()).isZero();
        assertThat(Heap.least().objects())
                .doesNotContainKey(IntervalLeaf.class.getName())
                .doesNotContainKey(IntervalBranch.class.getName())
                .doesNotContainKey(IntervalPostingList.class.getName());
    }

    @Test
    void remove_aPostingListThatIsNotInTheTree_isAnError() {
        add(1, 2);
        IntervalPostingList<Entry> other = new IntervalPostingList<>(any -> {});

        assertThatThrownBy(() -> model.tree().remove(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("postingList must be in the tree");
        assertThat(model.tree().size()).isEqualTo(1);
    }

    @Test
    void visit_aVisitorThatFails_leavesTheTreeAsItWas() {
        for (int i = 0; i < 100; i++) {
            add(i, 100);
        }
        Seen failing = new Seen() {
            @Override
            public boolean candidate(Posting<? extends Entry> posting) {
                super.candidate(posting);
                if (ids().size() == 50) {
                    throw new IllegalArgumentException("50");
                }
                return true;
            }
        };
        long point = Bound.word(100.0);

        assertThatThrownBy(() -> model.tree().visit(point, point, null, failing))
                .hasMessage("50");
        assertThat(model.visit(Bound.ofNumber(100))).isEqualTo(100);
        assertThat(shape().depth()).isEqualTo(2);
    }

    @Test
    void visit_numbers_readsFewNodes() {
        assertReadsFew(Bound::ofNumber);
    }

    /** All words of these strings are equal, so that only the texts tell the nodes apart. */
    @Test
    void visit_stringsOfOneWord_readsFewNodes() {
        assertReadsFew(i -> Bound.ofText(PREFIX + (100_000 + i)));
    }

    private void assertReadsFew(IntFunction<Bound> bounds) {
        for (int i = 0; i < 20; i++) {
            model = new RangeModel();
            for (int j = 0; j < 4_000; j++) {
                int low = random.nextInt(10_000);
                /* One range in a hundred is wide, so that the greatest end of most nodes is beyond their others. */
                int width = random.nextInt(100) == 0 ? 2_000 : 5;
                model.add(bounds.apply(low), bounds.apply(low + random.nextInt(width)));
            }
            assertReadsFew(bounds.apply(random.nextInt(10_000)));
        }
    }

    /** The nodes that a search must not read get rows around every point: reading one of them finds too much. */
    private void assertReadsFew(Bound point) {
        int found = model.visit(point);
        IntervalTreeShape shape = shape();
        int read = spoil(model.tree().root(), point);

        assertThat(read).isLessThanOrEqualTo((found + 1) * shape.depth());
        assertThat(read).isLessThan(shape.leaves().size() + shape.branches().size());
        assertThat(model.visit(point)).isEqualTo(found);
    }

    /* Returns the number of nodes that are left as they are. */
    private static int spoil(IntervalNode<Entry> node, Bound point) {
        int read = 1;
        if (node instanceof IntervalBranch<Entry> branch) {
            for (int i = 0; i < branch.size(); i++) {
                boolean isRead = branch.compare(i, BoundRows.LOW, point) <= 0
                        && branch.compare(i, IntervalBranch.GREATEST, point) >= 0;
                if (isRead) {
                    read += spoil(branch.child(i), point);
                } else {
                    spoilAll(branch.child(i));
                }
            }
        }
        return read;
    }

    private static void spoilAll(IntervalNode<Entry> node) {
        for (int i = 0; i < node.size(); i++) {
            if (node instanceof IntervalBranch<Entry> branch) {
                spoilAll(branch.child(i));
                branch.set(i, IntervalBranch.GREATEST, Bound.HIGHEST);
            }
            node.set(i, BoundRows.LOW, Bound.LOWEST);
            node.set(i, BoundRows.HIGH, Bound.HIGHEST);
        }
    }
}
