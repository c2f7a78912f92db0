package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.internal.plan.Bound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** An interval tree beside a list of the same ranges, which is searched by a loop. */
final class RangeModel {

    /** A range and its query. */
    record Filed(Bound low, Bound high, Entry entry) {

        private static final Comparator<Filed> ORDER =
                Comparator.comparing(Filed::low).thenComparing(Filed::high);

        private boolean surrounds(Bound point) {
            return low.compareTo(point) <= 0 && point.compareTo(high) <= 0;
        }
    }

    private final IntervalTree<Entry> tree = new IntervalTree<>(this::removed);
    private final List<Filed> all = new ArrayList<>();
    private final List<Filed> byId = new ArrayList<>();

    private void removed(PostingList<Entry> postingList) {
        if (postingList.isEmpty()) {
            tree.remove(postingList);
        }
    }

    IntervalTree<Entry> tree() {
        return tree;
    }

    int size() {
        return all.size();
    }

    /** Adds a range with two ends in any order. */
    void add(Bound one, Bound other) {
        boolean isOrdered = one.compareTo(other) <= 0;
        Filed added = new Filed(isOrdered ? one : other, isOrdered ? other : one, new Entry(byId.size()));
        PostingList<Entry> postingList = tree.findOrAdd(added.low(), added.high());
        postingList.add(added.entry());
        all.add(added);
        byId.add(added);
        assertThat(tree.find(added.low(), added.high())).isSameAs(postingList);
    }

    /** Removes a range by its place in the list; the last one takes its place. */
    void remove(int at) {
        Filed gone = all.get(at);
        Filed last = all.remove(all.size() - 1);
        if (at < all.size()) {
            all.set(at, last);
        }
        PostingList<Entry> postingList = gone.entry().postingList();
        assertThat(tree.find(gone.low(), gone.high())).isSameAs(postingList);
        postingList.remove(gone.entry());
        assertThat(tree.find(gone.low(), gone.high())).isSameAs(postingList.isEmpty() ? null : postingList);
    }

    void removeAny(SplittableRandom random) {
        remove(random.nextInt(all.size()));
    }

    /** Compares what the tree finds around a point with what the loop finds. Returns the number of ranges. */
    int visit(Bound point) {
        Seen seen = new Seen();
        tree.visit(point.word(), point.word(), point.text(), seen);
        assertThat(seen.sorted())
                .isEqualTo(all.stream()
                        .filter(one -> one.surrounds(point))
                        .map(one -> one.entry().id())
                        .sorted()
                        .toList());
        assertThat(seen.ids().stream().map(byId::get).toList()).isSortedAccordingTo(Filed.ORDER);
        return seen.ids().size();
    }
}
