package io.presence;

import static io.presence.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.presence.PresenceStats.Latency;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresenceStatsTest {

    private static final Latency NONE = latency(0, 0, 0, 0);

    private static Latency latency(long count, long p50, long p99, long max) {
        return new Latency(count, Duration.ofNanos(p50), Duration.ofNanos(p99), Duration.ofNanos(max));
    }

    /** Counters that are all zero but one. */
    private static PresenceStats stats(int position, long number) {
        long[] n = new long[12];
        n[position] = number;
        return new PresenceStats(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], NONE, NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "0,presences",
        "1,subscriptions",
        "2,events",
        "3,coalesced",
        "4,delivered",
        "5,merged",
        "6,annihilated",
        "7,deferred",
        "8,resets",
        "9,listenerErrors",
        "10,rejected",
        "11,queued"
    })
    void numbers_areNotNegative(int position, String parameter) {
        assertThat(stats(position, Long.MAX_VALUE).toString()).contains(parameter + "=" + Long.MAX_VALUE);
        assertRefused(parameter + " must not be negative: -1", () -> stats(position, -1));
    }

    @Test
    void latencies_mustBeThere() {
        assertThatNullPointerException()
                .isThrownBy(() -> new PresenceStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, NONE))
                .withMessage("lag must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> new PresenceStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NONE, null))
                .withMessage("lateness must not be null");
    }

    @Test
    void latency_rises() {
        assertThat(latency(1, 5, 5, 5).max()).isEqualTo(Duration.ofNanos(5));
        assertRefused("count must not be negative: -1", () -> latency(-1, 0, 0, 0));
        assertRefused("p50 must not be negative: PT-0.000000001S", () -> latency(1, -1, 1, 1));
        assertRefused("p99 must be at least p50: PT0.000000001S", () -> latency(1, 2, 1, 2));
        assertRefused("max must be at least p99: PT0.000000001S", () -> latency(1, 1, 2, 1));
    }
}
