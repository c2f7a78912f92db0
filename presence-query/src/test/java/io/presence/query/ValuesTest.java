package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:00Z",
                "2026-01-01T01:00:00+01:00",
                "2025-12-31T23:30:00.000-00:30",
                "2026-01-01T00:00:00.0Z",
                "2026-01-01T00:00:00.000000000-00:00",
                "2026-01-01T23:59:00+23:59",
                "+02026-01-01T00:00:00Z",
                "2026-01-01t00:00:00z"
            })
    void timestamp_dateTimeWithOffset_isTheInstant(String text) {
        assertThat(Values.timestamp(text)).isEqualTo(NEW_YEAR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-01-01",
                "2026-01-01T00:00:00",
                "2026-02-30T00:00:00Z",
                "2026-01-01T00:00:00Z ",
                " 2026-01-01T00:00:00Z",
                "2026-01-01T00:00Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00,5Z",
                "2026-01-01T00:00:00.0000000000Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T23:59:60Z",
                "2026-01-01T00:00:00+24:00",
                "2026-01-01T00:00:00+01:60",
                "2026-01-01T00:00:00+01",
                "2026-01-01T00:00:00+0100",
                "2026-01-01T00:00:00+01:00:00",
                "2026-01-01T00:00:00Z[UTC]",
                "2026-1-01T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "20260101T000000Z",
                "02026-01-01T00:00:00Z",
                "+2026-01-01T00:00:00Z",
                "-0000-01-01T00:00:00Z",
                "+9999999999-01-01T00:00:00Z",
                "\u0662\u0660\u0662\u0666-01-01T00:00:00Z",
                "2026-01-01T00:00:00\u2124",
                "1767225600"
            })
    void timestamp_anythingElse_isNull(String text) {
        assertThat(Values.timestamp(text)).isNull();
    }

    @Test
    void equal_timestampsWithinLists_areReadToo() {
        assertThat(Values.equal(List.of(NEW_YEAR), List.of("2026-01-01T01:00:00+01:00")))
                .isTrue();
        assertThat(Values.equal(Map.of("k", NEW_YEAR), Map.of("k", "2026-01-01T01:00:00+01:00")))
                .isTrue();
    }

    @Test
    void equal_stringBesideAnInstantOperand_staysAString() {
        assertThat(Values.equal(NEW_YEAR.toString(), NEW_YEAR)).isFalse();
        assertThat(Values.compare(NEW_YEAR.toString(), NEW_YEAR)).isEqualTo(OptionalInt.empty());
    }

    @Test
    void equal_null_isEqualToNothingButWithinListsAndMaps() {
        assertThat(Values.equal(null, null)).isFalse();
        assertThat(Values.equal(Collections.singletonList(null), Collections.singletonList(null)))
                .isTrue();
        assertThat(Values.equal(Collections.singletonList(null), List.of(1))).isFalse();
        assertThat(Values.equal(List.of(1), Collections.singletonList(null))).isFalse();
        assertThat(Values.equal(Collections.singletonMap("k", null), Map.of())).isTrue();
        assertThat(Values.equal(Map.of(), Collections.singletonMap("k", null))).isTrue();
    }

    @Test
    void equal_listsOfDifferentLength_areNotEqual() {
        assertThat(Values.equal(List.of(1), List.of(1, 2))).isFalse();
        assertThat(Values.equal(List.of(1, 2), List.of(1))).isFalse();
    }

    @Test
    void compareNumbers_notANumberOfTheLanguage_isRefused() {
        assertThatThrownBy(() -> Values.compareNumbers(1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number must be ordered: NaN");
        assertThatThrownBy(() -> Values.compareNumbers(new AtomicLong(7), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number must be ordered: 7");
    }

    @Test
    void compareNumbers_hugeExponents_areNotExpanded() {
        BigDecimal huge = new BigDecimal("1E+1000000000");
        BigDecimal tiny = new BigDecimal("1E-1000000000");

        assertThat(Values.compareNumbers(huge, Double.MAX_VALUE)).isPositive();
        assertThat(Values.compareNumbers(Double.MIN_VALUE, tiny)).isPositive();
        assertThat(Values.compareNumbers(Long.MAX_VALUE, huge)).isNegative();
    }

    @Test
    void ascending_everyType_comesInItsPlace() {
        List<Object> sorted = Arrays.asList(
                false,
                true,
                Double.NEGATIVE_INFINITY,
                -1,
                0.5f,
                1,
                new BigDecimal("1.5"),
                2.0,
                BigInteger.TWO.pow(70),
                Double.POSITIVE_INFINITY,
                Double.NaN,
                "",
                "Z",
                "a",
                "aa",
                "\uff61",
                "\ud83d\ude00",
                Instant.EPOCH,
                NEW_YEAR,
                List.of(1),
                Map.of("k", 1),
                new Object(),
                null);
        List<Object> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(7));

        shuffled.sort(Values.ascending());

        assertThat(shuffled).isEqualTo(sorted);
    }

    @Test
    void ascending_nan_comesAfterEveryNumberAndBesideItself() {
        assertThat(Values.ascending().compare(Double.NaN, Double.POSITIVE_INFINITY))
                .isPositive();
        assertThat(Values.ascending().compare(1, Float.NaN)).isNegative();
        assertThat(Values.ascending().compare(Double.NaN, Float.NaN)).isZero();
    }

    @Test
    void ascending_listsOrMaps_areAlike() {
        assertThat(Values.ascending().compare(List.of(2), List.of(1, 1))).isZero();
        assertThat(Values.ascending().compare(Map.of("k", 2), Map.of())).isZero();
        assertThat(Values.descending().compare(List.of(2), Map.of())).isPositive();
    }

    @Test
    void descending_withNull_isTheReverseWithNullLast() {
        List<Object> values = Arrays.asList(null, 1, "a", false, 2, null);

        values.sort(Values.descending());

        assertThat(values).containsExactly("a", 2, 1, false, null, null);
    }
}
