package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PostingListTest {
    private final SplittableRandom random = Seed.random();
    private final List<Entry> filed = new ArrayList<>();
    private int told;

    @Test
    void anyOperations_keepEachFilingAtItsPosition() {
        PostingList<Entry> posting = new PostingList<>(home -> told++);
        for (int i = 0; i < 5_000; i++) {
            if (filed.isEmpty() || random.nextInt(i < 2_500 ? 3 : 4) < 2 && filed.size() < 60) {
                Entry added = new Entry(i);
                posting.add(added);
                filed.add(added);
            } else {
                removeOne(posting);
            }
            assertFiled(posting);
        }
    }

    private void removeOne(PostingList<Entry> posting) {
        Entry gone = filed.remove(random.nextInt(filed.size()));
        int before = told;
        posting.remove(gone);
        assertThat(gone.posting()).isNull();
        assertThat(told).isEqualTo(before + 1);
    }

    private void assertFiled(PostingList<Entry> posting) {
        Seen seen = new Seen();
        posting.visit(seen);
        assertThat(posting.size()).isEqualTo(filed.size());
        assertThat(posting.isEmpty()).isEqualTo(filed.isEmpty());
        assertThat(seen.sorted())
                .isEqualTo(filed.stream().map(entry -> entry.id()).sorted().toList());
        for (int position = 0; position < filed.size(); position++) {
            assertThat(posting.get(position).position).isEqualTo(position);
            assertThat(posting.get(position).posting()).isSameAs(posting);
        }
        assertThatThrownBy(() -> new PostingList<Entry>(home -> {}).get(0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static final class InVain implements PostingList.Visitor<Entry> {
        private int wasteful;

        @Override
        public boolean candidate(Entry query) {
            return false;
        }

        @Override
        public void wasteful(PostingList<? extends Entry> posting) {
            wasteful++;
        }
    }

    @Test
    void visit_inVainOftenEnough_isWasteful_andLaterWithPatience() {
        PostingList<Entry> posting = new PostingList<>(home -> {});
        posting.add(new Entry(0));
        InVain visitor = new InVain();
        int first = visitsUntilWasteful(posting, visitor);

        posting.forgive(0);
        assertThat(visitsUntilWasteful(posting, visitor)).isEqualTo(first);
        posting.forgive(3);
        assertThat(visitsUntilWasteful(posting, visitor)).isBetween(3 * first, 4 * first);
        posting.forgive(Integer.MAX_VALUE);
        visitor.wasteful = 0;
        for (int i = 0; i < 100 * first; i++) {
            posting.visit(visitor);
        }
        assertThat(visitor.wasteful).isZero();
    }

    private static int visitsUntilWasteful(PostingList<Entry> posting, InVain visitor) {
        visitor.wasteful = 0;
        int visits = 0;
        while (visitor.wasteful == 0 && visits < 1_000_000) {
            posting.visit(visitor);
            visits++;
        }
        return visits;
    }
}
