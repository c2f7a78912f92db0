package io.presence.internal.stats;

import static io.presence.fixture.Allocations.assertAllocatesNothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.PresenceStats.Latency;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The histogram against a sorted list of all that was recorded. */
class HistogramTest {

    private static final Latency NONE = new Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private static final long SECOND = 1_000_000_000;

    private final Histogram histogram = new Histogram();

    @Property(tries = 2_000)
    void snapshot_ofAnyDurations_agreesWithASortedList(@ForAll("durations") List<Long> recorded) {
        Histogram subject = new Histogram();
        recorded.forEach(nanos -> subject.record(nanos, 0));
        List<Long> sorted = new ArrayList<>(recorded);
        sorted.sort(null);
        Latency seen = subject.snapshot(0);
        assertThat(seen.count()).isEqualTo(sorted.size());
        if (sorted.isEmpty()) {
            assertThat(seen).isEqualTo(NONE);
            return;
        }
        long max = sorted.get(sorted.size() - 1);
        assertThat(seen.max().toNanos()).isEqualTo(max);
        assertWithinASixteenth(seen.p50().toNanos(), nearestRank(sorted, 50), max);
        assertWithinASixteenth(seen.p99().toNanos(), nearestRank(sorted, 99), max);
    }

    private static long nearestRank(List<Long> sorted, int percent) {
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return sorted.get(rank - 1);
    }

    private static void assertWithinASixteenth(long seen, long exact, long max) {
        BigInteger most = BigInteger.valueOf(exact).add(BigInteger.valueOf(exact / 16));
        assertThat(seen).isBetween(exact, most.min(BigInteger.valueOf(max)).longValueExact());
        if (exact < 32) {
            assertThat(seen).isEqualTo(exact);
        }
    }

    /** Lists of any of three kinds: short durations, all magnitudes alike, and the edges of powers of two. */
    @Provide
    Arbitrary<List<Long>> durations() {
        Arbitrary<Long> shortOnes = Arbitraries.longs().between(0, 40);
        Arbitrary<Long> magnitudes = Arbitraries.integers()
                .between(1, 63)
                .flatMap(shift -> Arbitraries.longs().map(bits -> bits >>> shift));
        Arbitrary<Long> edges = Arbitraries.integers()
                .between(0, 63)
                .flatMap(shift -> Arbitraries.of(0L, 1L).map(less -> Math.max(0, (1L << shift) - less)));
        return Arbitraries.oneOf(shortOnes, magnitudes, edges).list().ofMaxSize(250);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 15, 16, 31, 32, 1_000_000_007, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void snapshot_ofOneDuration_isExact(long nanos) {
        histogram.record(nanos, 0);
        Duration exact = Duration.ofNanos(nanos);
        assertThat(histogram.snapshot(0)).isEqualTo(new Latency(1, exact, exact, exact, exact));
    }

    @Test
    void p99_ofAHundredDurations_excludesTheGreatest() {
        for (int i = 0; i < 99; i++) {
            histogram.record(7, 0);
        }
        histogram.record(Long.MAX_VALUE, 0);
        assertThat(histogram.snapshot(0).p99()).isEqualTo(Duration.ofNanos(7));
        histogram.record(Long.MAX_VALUE, 0);
        assertThat(histogram.snapshot(0).p99()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    /** Durations, and the seconds that pass before each, against the list of those of the last two minutes. */
    @Property(tries = 1_000)
    void recentMax_ofAnyRecords_isThatOfThePresentAndThePreviousMinute(
            @ForAll @Size(max = 20) List<@IntRange(max = 150) Integer> seconds, @ForAll @IntRange(max = 150) int last) {
        Histogram subject = new Histogram();
        List<long[]> records = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < seconds.size(); i++) {
            now += seconds.get(i) * SECOND;
            long nanos = (i * 7L) % 20;
            subject.record(nanos, now);
            records.add(new long[] {nanos, now});
        }
        long minute = (now + last * SECOND) / (60 * SECOND);
        long expected = records.stream()
                .filter(each -> each[1] / (60 * SECOND) >= minute - 1)
                .mapToLong(each -> each[0])
                .max()
                .orElse(0);
        assertThat(subject.snapshot(now + last * SECOND).recentMax()).isEqualTo(Duration.ofNanos(expected));
    }

    @Test
    void snapshot_ofNothing_isZero() {
        assertThat(histogram.snapshot(0)).isEqualTo(NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void record_negativeDuration_isRefused(long nanos) {
        assertThatThrownBy(() -> histogram.record(nanos, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nanos must not be negative: " + nanos);
        assertThat(histogram.snapshot(0)).isEqualTo(NONE);
    }

    @Test
    void record_always_allocatesNothing() {
        long[] nanos = {0};
        assertAllocatesNothing(() -> histogram.record(nanos[0] += 1_000_003, 0));
    }

    /* That percentiles do not exceed the longest is checked where a snapshot is made. */
    @Test
    void snapshot_duringRecords_neverDecreases() {
        int durations = 1_000_000;
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int nanos = 1; nanos <= durations; nanos++) {
                histogram.record(nanos, 0);
            }
        });
        long before = 0;
        while (!writer.isDone()) {
            Latency seen = histogram.snapshot(0);
            assertThat(seen.count()).isGreaterThanOrEqualTo(before);
            before = seen.count();
        }
        writer.join();
        assertThat(histogram.snapshot(0).count()).isEqualTo(durations);
    }
}
