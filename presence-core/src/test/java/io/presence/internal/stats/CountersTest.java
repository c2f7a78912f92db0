package io.presence.internal.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceStats;
import io.presence.PresenceStats.Latency;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountersTest {

    private static void times(int n, Runnable count) {
        for (int i = 0; i < n; i++) {
            count.run();
        }
    }

    private static Latency once(long nanos) {
        Duration exact = Duration.ofNanos(nanos);
        return new Latency(1, exact, exact, exact, exact);
    }

    @Test
    void toStats_ofDistinctCounters_mapsEachToItsField() {
        Counters counters = new Counters();
        counters.delivered(3);
        counters.delivered(1);
        counters.deliveredInline();
        times(4, counters::coalesced);
        times(6, counters::conflated);
        times(7, counters::cancelledOut);
        times(14, counters::deferred);
        times(8, counters::reset);
        times(9, counters::listenerError);
        times(10, counters::executorRejection);
        counters.listed(true, 15);
        counters.listed(false, 16);
        counters.dispatched(12, 0);
        counters.expired("p", 13, 0);
        assertThat(counters.toStats(1, 2, 0, 3, 11, 0))
                .isEqualTo(PresenceStats.builder()
                        .presences(1)
                        .subscriptions(2)
                        .events(3)
                        .coalesced(4)
                        .delivered(5)
                        .conflated(6)
                        .cancelledOut(7)
                        .deferred(14)
                        .resets(8)
                        .listenerErrors(9)
                        .executorRejections(10)
                        .queued(11)
                        .lists(new PresenceStats.Lists(2, 1, 31, 15))
                        .dispatchLag(once(12))
                        .expiryLateness(once(13))
                        .build());
    }
}
