package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Heap;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.plan.Bound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class IntervalTreeTest {

    private static final String[] PARTS = {"a", "b", "\ud83d\ude00", "\ud83d", "\uff61", "abc"};
    private static final double[] NUMBERS = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -1e300, 1e300, 0.5};

    private record Filed(Bound low, Bound high, Entry entry) {
        boolean has(Bound point) {
            return low.compareTo(point) <= 0 && point.compareTo(high) <= 0;
        }
    }

    private final SplittableRandom random = Seed.random();
    private final List<Filed> slotIndex = new ArrayList<>();
    private final Map<Integer, Bound> lows = new HashMap<>();
    private final IntervalTree<Entry> tree = new IntervalTree<>(this::removed);

    private void removed(PostingList<Entry> postingList) {
        if (postingList.isEmpty()) {
            tree.remove(postingList);
        }
    }

    @Test
    void visit_numbers_agreesWithAScan() {
        assertAgrees(() -> Bound.ofNumber(
                random.nextInt(8) == 0 ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(-30, 30)));
    }

    @Test
    void visit_strings_agreesWithAScan() {
        assertAgrees(() -> Bound.ofText(text()));
    }

    @Test
    void visit_stringsThatShareTheirBeginning_agreesWithAScan() {
        assertAgrees(() -> Bound.ofText("abc" + text()));
    }

    @Test
    void remove_afterVisits_keepsNothingOfWhatIsGone() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Entry entry = new Entry(i);
            tree.findOrAdd(Bound.ofNumber(i), Bound.ofNumber(i + 3)).add(entry);
            entries.add(entry);
        }
        long point = Bound.word(1_000.5);
        tree.visit(point, point, null, new Seen());
        while (entries.size() > 1) {
            Entry gone = entries.remove(random.nextInt(entries.size()));
            gone.postingList().remove(gone);
        }

        assertThat(tree.size()).isEqualTo(1);
        assertThat(Heap.least().objects()).containsEntry(IntervalPostingList.class.getName(), 1L);
        assertThat(entries.get(0).postingList().size()).isEqualTo(1);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return text.toString();
    }

    private void assertAgrees(Supplier<Bound> bounds) {
        int nextId = 0;
        int most = 120;
        for (int i = 0; i < 3_000; i++) {
            boolean grows = i < 2_000;
            if (slotIndex.isEmpty() || random.nextInt(4) == 0 != grows && slotIndex.size() < most) {
                add(bounds, nextId++);
            } else {
                removeOne();
            }
            assertVisits(bounds.get());
        }
        while (!slotIndex.isEmpty()) {
            removeOne();
        }
        assertThat(tree.size()).isZero();
        assertVisits(bounds.get());
    }

    private void add(Supplier<Bound> bounds, int id) {
        Bound one = bounds.get();
        Bound other = bounds.get();
        Bound low = one.compareTo(other) <= 0 ? one : other;
        Bound high = one.compareTo(other) <= 0 ? other : one;
        add(new Filed(
                random.nextInt(10) == 0 ? Bound.LOWEST : low,
                random.nextInt(10) == 0 ? Bound.HIGHEST : high,
                new Entry(id)));
    }

    private void add(Filed added) {
        PostingList<Entry> postingList = tree.findOrAdd(added.low(), added.high());
        postingList.add(added.entry());
        slotIndex.add(added);
        lows.put(added.entry().id(), added.low());
        assertThat(tree.find(added.low(), added.high())).isSameAs(postingList);
        assertThat(tree.size()).isEqualTo(distinct());
    }

    private int distinct() {
        return (int) slotIndex.stream()
                .map(one -> List.of(one.low(), one.high()))
                .distinct()
                .count();
    }

    private void removeOne() {
        Filed gone = slotIndex.set(random.nextInt(slotIndex.size()), slotIndex.get(slotIndex.size() - 1));
        slotIndex.remove(slotIndex.size() - 1);
        gone.entry().postingList().remove(gone.entry());
        boolean others = slotIndex.stream()
                .anyMatch(one -> one.low().equals(gone.low()) && one.high().equals(gone.high()));
        assertThat(tree.find(gone.low(), gone.high()) != null).isEqualTo(others);
    }

    private void assertVisits(Bound point) {
        Seen seen = new Seen();
        tree.visit(point.word(), point.word(), point.text(), seen);
        assertSeen(seen, slotIndex.stream().filter(one -> one.has(point)).toList());
    }

    /** A point between two words is in what holds both. */
    @Test
    void visit_betweenTwoWords_agreesWithAScan() {
        for (int i = 0; i < 200; i++) {
            add(() -> Bound.ofNumber(random.nextInt(-30, 30)), i);
        }
        for (int i = -31; i < 31; i++) {
            Bound below = Bound.ofNumber(i);
            Bound above = Bound.ofNumber(i + 1);
            Seen seen = new Seen();
            tree.visit(below.word(), above.word(), null, seen);
            assertSeen(
                    seen,
                    slotIndex.stream()
                            .filter(one -> one.has(below) && one.has(above))
                            .toList());
        }
    }

    private void assertSeen(Seen seen, List<Filed> hit) {
        assertThat(seen.sorted())
                .containsExactlyElementsOf(
                        hit.stream().map(one -> one.entry().id()).sorted().toList());
        assertThat(seen.ids().stream().map(lows::get).toList()).isSortedAccordingTo(Comparator.naturalOrder());
    }
}
