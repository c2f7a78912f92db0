package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.internal.program.Slots;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers of misses after which posting lists are reviewed. */
class MissesTest {

    /** The first threshold of a list of two postings. */
    private static final int THRESHOLD = PostingList.CANDIDATES_PER_PLAN * (2 + 16);

    private static final int MAX_DELAY = 16_384;

    private final PostingList<Entry> list = new PostingList<>(owner -> {});
    private final Misses visitor = new Misses();

    /** Matches nothing, and keeps the lists of low yield. */
    private static final class Misses implements PostingList.Visitor<Entry> {
        private final List<PostingList<? extends Entry>> reviewed = new ArrayList<>();

        @Override
        public boolean candidate(Posting<? extends Entry> query) {
            return false;
        }

        @Override
        public void onLowYield(PostingList<? extends Entry> postingList) {
            reviewed.add(postingList);
        }
    }

    private void assertReviewedAfter(int misses, PostingList<Entry> reviewed) {
        reviewed.missed(misses, visitor);
        assertThat(visitor.reviewed).isEmpty();
        reviewed.missed(1, visitor);
        assertThat(visitor.reviewed).containsExactly(reviewed);
        visitor.reviewed.clear();
    }

    private void addTwo(PostingList<Entry> to) {
        to.add(new Entry(0));
        to.add(new Entry(1));
    }

    @Test
    void visit_ofAnArray_countsEachMiss() {
        addTwo(list);
        for (int visits = 0; visits < THRESHOLD / 2; visits++) {
            list.visit(visitor);
        }
        assertThat(visitor.reviewed).isEmpty();
        list.visit(visitor);

        assertThat(visitor.reviewed).containsExactly(list);
    }

    @Test
    void reviewFailed_eachTime_doublesTheMissesUntilTheNext() {
        addTwo(list);
        assertReviewedAfter(THRESHOLD, list);
        for (int reviews = 1; reviews <= 4; reviews++) {
            list.reviewFailed();
            assertThat(list.failedReviews()).isEqualTo(reviews);
            assertReviewedAfter(((1 << reviews) - 1) * THRESHOLD + THRESHOLD, list);
        }
    }

    @Test
    void reviewFailed_often_isDelayedByTheMaximum() {
        addTwo(list);
        for (int reviews = 1; reviews <= 20; reviews++) {
            list.reviewFailed();
            assertThat(list.failedReviews()).isEqualTo(Math.min(reviews, 15));
        }
        assertReviewedAfter(MAX_DELAY + THRESHOLD, list);
        list.reviewSucceeded();

        assertThat(list.failedReviews()).isZero();
        assertReviewedAfter(THRESHOLD, list);
    }

    @Test
    void resetMisses_afterAFailedReview_keepsTheirNumber() {
        addTwo(list);
        list.reviewFailed();
        list.resetMisses(2);

        assertThat(list.failedReviews()).isEqualTo(1);
        assertReviewedAfter(3 * THRESHOLD, list);
    }

    @Test
    void visit_ofACell_countsTheBoxesAroundThePointThatMiss() {
        Cell<Entry> cell = new Cell<>(owner -> {}, 0, new GridLevel(3, 3), 0, 0);
        cell.add(new Box(0, 2, 0, 2), new Entry(0));
        cell.add(new Box(4, 6, 4, 6), new Entry(1));
        for (int visits = 0; visits < THRESHOLD; visits++) {
            cell.visit(1, 1, visitor);
            cell.visit(3, 3, visitor);
        }
        assertThat(visitor.reviewed).isEmpty();
        cell.visit(1, 1, visitor);

        assertThat(visitor.reviewed).containsExactly(cell);
    }

    @Test
    void visit_ofASlotWithOneQuery_countsItsMisses() {
        NullIndex<Entry> nulls = new NullIndex<>();
        PostingList<Entry> ofSlot = nulls.findOrAdd(0);
        ofSlot.add(new Entry(0));
        Slots slots = new Slots();
        slots.fill(0, null);
        int threshold = PostingList.CANDIDATES_PER_PLAN * (1 + 16);
        nulls.visit(slots, new Seen());
        for (int visits = 0; visits < threshold; visits++) {
            nulls.visit(slots, visitor);
        }
        assertThat(visitor.reviewed).isEmpty();
        nulls.visit(slots, new Seen());
        nulls.visit(slots, visitor);

        assertThat(visitor.reviewed).containsExactly(ofSlot);
    }

    @Test
    void remove_ofAPosting_clearsThePlaceOfTheLast() {
        addTwo(list);
        Entry third = new Entry(2);
        list.add(third);
        list.remove(list.get(0));

        assertThat(list.get(0)).isSameAs(third);
        assertThatThrownBy(() -> list.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
