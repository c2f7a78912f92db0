package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.presence.PresenceStats.Builder;
import io.presence.PresenceStats.Latency;
import io.presence.PresenceStats.Lists;
import java.time.Duration;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PresenceStatsTest {

    private static Latency latency(long count, long p50, long p99, long max) {
        return new Latency(
                count, Duration.ofNanos(p50), Duration.ofNanos(p99), Duration.ofNanos(max), Duration.ofNanos(max));
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                number("presences", Builder::presences, PresenceStats::presences),
                number("subscriptions", Builder::subscriptions, PresenceStats::subscriptions),
                number("events", Builder::events, PresenceStats::events),
                number("coalesced", Builder::coalesced, PresenceStats::coalesced),
                number("delivered", Builder::delivered, PresenceStats::delivered),
                number("conflated", Builder::conflated, PresenceStats::conflated),
                number("cancelledOut", Builder::cancelledOut, PresenceStats::cancelledOut),
                number("deferred", Builder::deferred, PresenceStats::deferred),
                number("resets", Builder::resets, PresenceStats::resets),
                number("listenerErrors", Builder::listenerErrors, PresenceStats::listenerErrors),
                number("executorRejections", Builder::executorRejections, PresenceStats::executorRejections),
                number("queued", Builder::queued, PresenceStats::queued));
    }

    private static Arguments number(
            String name, ObjLongConsumer<Builder> setter, ToLongFunction<PresenceStats> getter) {
        return Arguments.of(name, setter, getter);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void counter_ofAnyName_isStoredAndNotNegative(
            String name, ObjLongConsumer<Builder> setter, ToLongFunction<PresenceStats> getter) {
        Builder builder = PresenceStats.builder();
        assertThat(getter.applyAsLong(builder.build())).isZero();
        setter.accept(builder, Long.MAX_VALUE);
        PresenceStats stats = builder.build();
        assertThat(getter.applyAsLong(stats)).isEqualTo(Long.MAX_VALUE);
        assertThat(stats.toString()).contains(name + "=" + Long.MAX_VALUE);
        assertThat(stats).isNotEqualTo(PresenceStats.builder().build());
        assertRefused(name + " must not be negative: -1", () -> setter.accept(builder, -1));
    }

    @Test
    void latency_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceStats.builder().dispatchLag(null))
                .withMessage("dispatchLag must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceStats.builder().expiryLateness(null))
                .withMessage("expiryLateness must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceStats.builder().lists(null))
                .withMessage("lists must not be null");
    }

    @Test
    void lists_partAboveItsWhole_isRefused() {
        Lists lists = new Lists(2, 1, 20, 10);
        PresenceStats stats = PresenceStats.builder().lists(lists).build();
        assertThat(stats.lists()).isEqualTo(lists);
        assertThat(stats).isNotEqualTo(PresenceStats.builder().build());
        assertThat(stats.toString()).contains("lists=" + lists);
        assertRefused("fullScans must not be negative: -1", () -> new Lists(0, -1, 0, 0));
        assertRefused("fullScans must be at most count, 1: 2", () -> new Lists(1, 2, 0, 0));
        assertRefused("scanned must not be negative: -1", () -> new Lists(0, 0, 0, -1));
        assertRefused("scanned must be at most examined, 4: 5", () -> new Lists(0, 0, 4, 5));
    }

    @Test
    void latency_decreasingPercentiles_isRefused() {
        assertThat(latency(1, 5, 5, 5).max()).isEqualTo(Duration.ofNanos(5));
        assertRefused("count must not be negative: -1", () -> latency(-1, 0, 0, 0));
        assertRefused("p50 must not be negative: PT-0.000000001S", () -> latency(1, -1, 1, 1));
        assertRefused("p99 must be at least p50: PT0.000000001S", () -> latency(1, 2, 1, 2));
        assertRefused("max must be at least p99: PT0.000000001S", () -> latency(1, 1, 2, 1));
        Duration one = Duration.ofNanos(1);
        assertRefused(
                "recentMax must not be negative: PT-0.000000001S", () -> new Latency(1, one, one, one, one.negated()));
        assertRefused(
                "recentMax must be at most max, PT0.000000001S: PT0.000000002S",
                () -> new Latency(1, one, one, one, one.plusNanos(1)));
    }
}
