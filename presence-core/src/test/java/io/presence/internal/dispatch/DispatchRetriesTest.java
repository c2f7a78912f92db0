package io.presence.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceUpsert;
import io.presence.fixture.StoreParts;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.Entry;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.TrustedAccess;
import io.presence.testing.ManualClock;
import org.junit.jupiter.api.Test;

/** Entries whose dispatch fails again and again: none is given up, and none is tried all the time. */
class DispatchRetriesTest {

    private static final long NOW = 5;

    private final DispatchRetries retries = new DispatchRetries();
    private final ManualClock clock = new ManualClock();
    private final PresenceTable table = StoreParts.table(new Clocks(clock, clock));

    private Entry entry(String id) {
        table.upsert(PresenceUpsert.of(id, "ada", "online"), TrustedAccess.INSTANCE);
        return table.find(id);
    }

    private void failOften() {
        for (int i = 0; i < DispatchRetries.MAX_URGENT; i++) {
            assertThat(retries.isFirstDue(NOW)).as("attempt %d", i).isTrue();
            retries.postpone(NOW);
        }
    }

    @Test
    void entry_thatFailsOften_isTriedOnceASecond() {
        Entry failing = entry("p");
        retries.reserve();
        retries.add(failing);
        assertThat(retries.hasUrgent()).isTrue();
        assertThat(retries.idleNanos(NOW)).isEqualTo(Long.MAX_VALUE);
        failOften();

        assertThat(retries.hasUrgent()).isFalse();
        assertThat(retries.idleNanos(NOW)).isEqualTo(DispatchRetries.SLOW_NANOS);
        assertThat(retries.isFirstDue(NOW + DispatchRetries.SLOW_NANOS - 1)).isFalse();
        assertThat(retries.isFirstDue(NOW + DispatchRetries.SLOW_NANOS)).isTrue();
        assertThat(retries.first()).isSameAs(failing);
        retries.postpone(NOW + DispatchRetries.SLOW_NANOS);
        assertThat(retries.isFirstDue(NOW + 2 * DispatchRetries.SLOW_NANOS)).isTrue();
        retries.removeFirst();
        assertThat(retries.isEmpty()).isTrue();
        assertThat(retries.idleNanos(NOW)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void entry_thatIsNotDue_letsTheOthersPass() {
        Entry slow = entry("slow");
        Entry urgent = entry("urgent");
        retries.add(slow);
        failOften();
        retries.reserve();
        retries.add(urgent);

        assertThat(retries.size()).isEqualTo(2);
        assertThat(retries.isFirstDue(NOW)).isFalse();
        assertThat(retries.isFirstDue(NOW)).isTrue();
        assertThat(retries.first()).isSameAs(urgent);
        retries.removeFirst();
        assertThat(retries.hasUrgent()).isFalse();
        assertThat(retries.first()).isSameAs(slow);
    }
}
