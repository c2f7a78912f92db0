package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.testing.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirtyQueueTest {

    private static final int MANY = 1_000;

    private final ManualClock clock = new ManualClock();
    private final DirtyQueue queue = new DirtyQueue(new Clocks(clock, clock), () -> {});

    private static Entry entry(String id) {
        return new Entry(id, 0, 100, null);
    }

    /* Writers that are faster than the dispatcher keep the queue from getting empty. */
    @Test
    void poll_ofAQueueThatNeverEmpties_findsAMissedEntry() {
        Entry missed = entry("missed");
        queue.recoverFrom(List.of(missed)::iterator, MANY);
        queue.markMissed(missed);
        List<Entry> polled = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            queue.add(entry("new" + i), 0);
            queue.add(entry("other" + i), 0);
            polled.add(queue.poll());
        }
        assertThat(polled).containsOnlyOnce(missed).doesNotContainNull();
        assertThat(missed.isDirty()).isFalse();
    }

    @Test
    void poll_withoutAScan_takesEntriesInTheirOrder() {
        List<Entry> added = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            added.add(entry("p" + i));
            queue.add(added.get(i), 0);
        }
        List<Entry> polled = new ArrayList<>();
        for (Entry next = queue.poll(); next != null; next = queue.poll()) {
            polled.add(next);
        }
        assertThat(polled).containsExactlyElementsOf(added);
    }
}
