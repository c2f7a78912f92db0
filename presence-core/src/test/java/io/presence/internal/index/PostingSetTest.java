package io.presence.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A posting against a set. */
class PostingSetTest {

    private static final int ENTRIES = 2 * PostingSet.MAX_ARRAY;

    private final List<Object> entries = new ArrayList<>();

    PostingSetTest() {
        for (int i = 0; i < ENTRIES; i++) {
            entries.add(new Object());
        }
    }

    /* Twice the number of entries: the upper half takes away. */
    @Property
    void addAndRemove_anySequence_agreesWithASet(
            @ForAll @Size(max = 120) List<@IntRange(max = 2 * ENTRIES - 1) Integer> steps) {
        Object posting = null;
        Set<Object> oracle = new HashSet<>();
        for (int step : steps) {
            Object entry = entries.get(step % ENTRIES);
            boolean in = step < ENTRIES;
            posting = in ? PostingSet.with(posting, entry) : PostingSet.without(posting, entry);
            if (in) {
                oracle.add(entry);
            } else {
                oracle.remove(entry);
            }
            assertThat(PostingSet.entries(posting)).containsExactlyInAnyOrderElementsOf(oracle);
            assertThat(PostingSet.size(posting)).isEqualTo(oracle.size());
            assertThat(posting == null).as("null when empty").isEqualTo(oracle.isEmpty());
        }
    }

    /* The array that a reader holds may have been replaced. */
    @Property
    void iterator_duringChanges_meetsEachElementThatStays(
            @ForAll @Size(max = 120) List<@IntRange(max = 2 * ENTRIES - 1) Integer> steps) {
        Object posting = null;
        List<Collection<Object>> held = new ArrayList<>();
        List<Set<Object>> staying = new ArrayList<>();
        for (int step : steps) {
            Object entry = entries.get(step % ENTRIES);
            posting = step < ENTRIES ? PostingSet.with(posting, entry) : PostingSet.without(posting, entry);
            if (step >= ENTRIES) {
                staying.forEach(stayers -> stayers.remove(entry));
            }
            Collection<Object> reader = PostingSet.entries(posting);
            held.add(reader);
            staying.add(new HashSet<>(reader));
        }
        for (int i = 0; i < held.size(); i++) {
            assertThat(held.get(i)).containsAll(staying.get(i));
        }
    }

    @Test
    void oneEntry_always_isStoredWithoutArray() {
        Object entry = new Object();
        assertThat(PostingSet.with(null, entry)).isSameAs(entry);
        assertThat(PostingSet.without(PostingSet.with(entry, new Object()), entry))
                .isNotInstanceOf(Object[].class);
    }
}
