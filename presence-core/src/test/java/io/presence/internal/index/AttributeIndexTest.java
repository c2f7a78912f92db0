package io.presence.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.internal.table.PagedTable;
import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reader that is overtaken between two keys, or between two entries, without threads. */
class AttributeIndexTest {

    private static final Attributes ONLINE = Attributes.of(Map.of("status", "online"));
    private static final Attributes AWAY = Attributes.of(Map.of("status", "away"));

    private final AttributeIndex<Object> index = new AttributeIndex<>(AttributePath.of("status"));
    private final Object entry = new Object();
    private Attributes now = ONLINE;

    AttributeIndexTest() {
        index.addPostings(entry, ONLINE, null, null);
    }

    private void move(Attributes to) {
        index.addPostings(entry, to, now, null);
        Attributes last = now;
        now = to;
        index.removePostings(entry, last, to, null);
    }

    private static final class WithHashOfZero {
        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    /** Keys after each of which something happens. */
    private static final class Overtaken extends LinkedHashSet<Object> {

        private static final long serialVersionUID = 1L;

        private final transient List<Runnable> afterEach;

        Overtaken(List<Object> keys, Runnable... afterEach) {
            super(keys);
            this.afterEach = new ArrayList<>(List.of(afterEach));
        }

        @Override
        public Iterator<Object> iterator() {
            Iterator<Object> keys = super.iterator();
            return new Iterator<>() {
                private boolean begun;

                @Override
                public boolean hasNext() {
                    if (begun && !afterEach.isEmpty()) {
                        afterEach.remove(0).run();
                    }
                    begun = true;
                    return keys.hasNext();
                }

                @Override
                public Object next() {
                    return keys.next();
                }
            };
        }
    }

    @Test
    void entries_whileEntryMovesToReadKey_includeIt() {
        Set<Object> keys = new Overtaken(List.of("away", "online"), () -> move(AWAY));
        assertThat(index.entries(keys)).containsExactly(entry);
    }

    @Test
    void entries_whileEntryMovesToAndFro_includeIt() {
        move(AWAY);
        Runnable thereAndBack = () -> {
            move(ONLINE);
            move(AWAY);
        };
        Set<Object> keys = new Overtaken(List.of("online", "gone", "away"), thereAndBack, () -> move(ONLINE));
        assertThat(index.entries(keys)).containsExactly(entry);
    }

    @Test
    void entries_ofEntryPostedTwice_includeItOnce() {
        index.addPostings(entry, AWAY, null, null);
        assertThat(index.entries(new LinkedHashSet<>(List.of("online", "away"))))
                .containsExactly(entry);
        assertThat(index.size()).isEqualTo(2);
    }

    /* In one bin of a hash table, an entry that is removed and added again is behind the others. */
    @Test
    void entries_whileEntryLeavesAndReturns_includeItOnce() {
        List<Object> inOneBin =
                Stream.generate(WithHashOfZero::new).limit(PostingSet.MAX_ARRAY).collect(Collectors.toList());
        inOneBin.forEach(each -> index.addPostings(each, ONLINE, null, null));

        List<Object> met = new ArrayList<>();
        for (Object each : index.entries(Set.of("online"))) {
            if (!met.contains(each)) {
                index.removePostings(each, ONLINE, null, null);
                index.addPostings(each, ONLINE, null, null);
            }
            met.add(each);
        }
        inOneBin.add(entry);
        assertThat(met).containsExactlyInAnyOrderElementsOf(inOneBin);
    }

    @Test
    void entries_afterEntryLeftAndReturnedWhileTheyWereCopied_includeItOnce() {
        IntStream.range(0, PostingSet.MAX_ARRAY).forEach(i -> index.addPostings(new Object(), ONLINE, null, null));
        Set<Object> keys = new Overtaken(List.of("online"), () -> {
            move(AWAY);
            move(ONLINE);
        });
        assertThat(index.entries(keys)).doesNotHaveDuplicates().hasSize(PostingSet.MAX_ARRAY + 1);
    }

    @Test
    void entries_ofUnusedKeys_areEmpty() {
        assertThat(index.entries(Set.of())).isEmpty();
        assertThat(index.entries(Set.of("gone"))).isEmpty();
        assertThat(index.entries(Set.of("gone", 7L))).isEmpty();
    }

    @Test
    void addPostings_ofValuesWithoutKey_addsNone() {
        index.addPostings(entry, Attributes.of(Map.of("status", List.of("online"))), ONLINE, null);
        index.addPostings(entry, Attributes.of(Map.of("status", Double.NaN)), ONLINE, null);
        index.addPostings(entry, Attributes.of(Map.of()), ONLINE, null);
        assertThat(index.size()).isEqualTo(1);
    }

    /* The searches for both postings begin in one slot, so one by identity alone would meet the wrong one. */
    @Test
    void removePostings_ofOneOfTwoNearValues_leavesTheOther() {
        Object moved = new Object();
        int first = PagedTable.hash("v0".hashCode());
        String next = IntStream.iterate(1, i -> i + 1)
                .mapToObj(i -> "v" + i)
                .filter(value -> ((PagedTable.hash(value.hashCode()) - first) & 63) == 0)
                .findFirst()
                .orElseThrow();
        Attributes before = Attributes.of(Map.of("status", "v0"));
        Attributes after = Attributes.of(Map.of("status", next));
        index.addPostings(moved, before, null, null);
        index.addPostings(moved, after, before, null);

        index.removePostings(moved, after, before, null);
        assertThat(index.entries(Set.of("v0"))).containsExactly(moved);
        assertThat(index.entries(Set.of(next))).isEmpty();

        index.removePostings(moved, before, null, null);
        assertThat(index.entries(Set.of("v0"))).isEmpty();
        assertThat(index.size()).isOne();
    }
}
