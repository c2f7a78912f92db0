package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostingListTest {

    private final SplittableRandom random = Seed.random();
    private final List<Entry> slotIndex = new ArrayList<>();
    private int matched;

    @Test
    void postingList_afterAnyOperations_hasEachPostingAtItsPosition() {
        PostingList<Entry> postingList = new PostingList<>(owner -> matched++);
        for (int i = 0; i < 5_000; i++) {
            if (slotIndex.isEmpty() || random.nextInt(i < 2_500 ? 3 : 4) < 2 && slotIndex.size() < 60) {
                Entry added = new Entry(i);
                postingList.add(added);
                slotIndex.add(added);
            } else {
                removeOne(postingList);
            }
            assertFiled(postingList);
        }
    }

    private void removeOne(PostingList<Entry> postingList) {
        Entry gone = slotIndex.remove(random.nextInt(slotIndex.size()));
        int before = matched;
        postingList.remove(gone);
        assertThat(gone.postingList()).isNull();
        assertThat(matched).isEqualTo(before + 1);
    }

    private void assertFiled(PostingList<Entry> postingList) {
        Seen seen = new Seen();
        postingList.visit(seen);
        assertThat(postingList.size()).isEqualTo(slotIndex.size());
        assertThat(postingList.isEmpty()).isEqualTo(slotIndex.isEmpty());
        assertThat(seen.sorted())
                .isEqualTo(slotIndex.stream().map(entry -> entry.id()).sorted().toList());
        for (int position = 0; position < slotIndex.size(); position++) {
            assertThat(postingList.get(position).position).isEqualTo(position);
            assertThat(postingList.get(position).postingList()).isSameAs(postingList);
        }
        assertThatThrownBy(() -> new PostingList<Entry>(owner -> {}).get(0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static final class InVain implements PostingList.Visitor<Entry> {
        private int onLowYield;

        @Override
        public boolean candidate(Posting<? extends Entry> query) {
            return false;
        }

        @Override
        public void onLowYield(PostingList<? extends Entry> postingList) {
            onLowYield++;
        }
    }

    @Test
    void visit_manyMisses_isOfLowYieldAndLaterWithBackoff() {
        PostingList<Entry> postingList = new PostingList<>(owner -> {});
        postingList.add(new Entry(0));
        InVain visitor = new InVain();
        int first = visitsUntilWasteful(postingList, visitor);

        postingList.resetMisses(0);
        assertThat(visitsUntilWasteful(postingList, visitor)).isEqualTo(first);
        postingList.resetMisses(3);
        assertThat(visitsUntilWasteful(postingList, visitor)).isBetween(3 * first, 4 * first);
        postingList.resetMisses(Integer.MAX_VALUE);
        visitor.onLowYield = 0;
        for (int i = 0; i < 100 * first; i++) {
            postingList.visit(visitor);
        }
        assertThat(visitor.onLowYield).isZero();
    }

    private static int visitsUntilWasteful(PostingList<Entry> postingList, InVain visitor) {
        visitor.onLowYield = 0;
        int visits = 0;
        while (visitor.onLowYield == 0 && visits < 1_000_000) {
            postingList.visit(visitor);
            visits++;
        }
        return visits;
    }

    private static final class Ahead extends Seen {
        private int readAhead;

        @Override
        public void onAhead(Posting<? extends Entry>[] postings, int from, int to) {
            assertThat(from).as("candidates before").isEqualTo(ids().size());
            assertThat(to - from).isBetween(PostingList.LEAST_AHEAD, PostingList.AHEAD);
            for (int i = from; i < to; i++) {
                assertThat(postings[i].query().id()).isEqualTo(i);
            }
            readAhead += to - from;
        }
    }

    @Test
    void visit_anyNumberOfPostings_readsAheadAllButAShortRest() {
        PostingList<Entry> postingList = new PostingList<>(owner -> {});
        for (int size = 1; size <= 70; size++) {
            postingList.add(new Entry(size - 1));
            Ahead visitor = new Ahead();
            postingList.visit(visitor);
            int rest = size % PostingList.AHEAD;
            assertThat(visitor.ids())
                    .containsExactlyElementsOf(IntStream.range(0, size).boxed().toList());
            assertThat(visitor.readAhead).isEqualTo(rest < PostingList.LEAST_AHEAD ? size - rest : size);
        }
    }
}
