package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Values;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.hash.PolynomialHash;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StructureHashTest {

    private static final PolynomialHash POLYNOMIAL = new PolynomialHash(42);
    private static final String TIME = "2026-01-01T00:00:00Z";

    private final Slots slots = new Slots();

    private static long hash(Object value) {
        return StructureHash.of(value, POLYNOMIAL);
    }

    private long hashOfRecord(Object value) {
        return StructureHash.of(value, POLYNOMIAL, slots);
    }

    @Test
    void of_equalRandomValues_areTheSame() {
        RandomCases cases = new RandomCases(Seed.SEED);
        List<Object> operands = Stream.generate(cases::valueOfQuery)
                .filter(operand -> operand instanceof List || operand instanceof Map)
                .limit(200)
                .toList();
        int equal = 0;
        for (int i = 0; i < 2_000; i++) {
            Object value = cases.valueOfRecord();
            for (Object operand : operands) {
                if (Values.equal(value, operand)) {
                    assertThat(hashOfRecord(value))
                            .as("%s = %s", value, operand)
                            .isEqualTo(hash(operand));
                    equal++;
                }
            }
        }
        assertThat(equal).isGreaterThan(1_000);
    }

    @Test
    void of_mapsWithTheirMembersInAnyOrder_areTheSame() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", List.of());
        map.put("gone", null);
        Map<String, Object> reversed = new LinkedHashMap<>();
        reversed.put("b", new LinkedList<>());
        reversed.put("a", 1.0);

        assertThat(hash(map)).isEqualTo(hash(reversed));
    }

    @Test
    void of_aTimestampAndTheStringsThatDenoteIt_areTheSame() {
        assertThat(hash(List.of(Instant.parse(TIME))))
                .isEqualTo(hash(List.of(TIME)))
                .isEqualTo(hash(List.of("2026-01-01T01:00:00+01:00")));
    }

    @Test
    void of_differentStructures_differ() {
        assertThat(different().stream().map(StructureHashTest::hash)).doesNotHaveDuplicates();
        assertThat(different().stream().map(this::hashOfRecord)).doesNotHaveDuplicates();
    }

    private static List<Object> different() {
        List<Object> values = new ArrayList<>(List.of(true, false, Double.NaN, "", "t", "f", "n", "s", "z"));
        values.add(null);
        for (int bit = 0; bit < Long.SIZE; bit++) {
            values.add(1L << bit);
            values.add(Math.scalb(1.5, -bit - 1));
            values.add(new BigDecimal(BigInteger.ONE.shiftLeft(64 + bit).add(BigInteger.ONE)));
            values.add(new BigDecimal("1E-" + (400 + bit)));
            values.add("a".repeat(bit + 1));
        }
        for (int bit = 0; bit < 29; bit++) {
            values.add(Instant.ofEpochSecond(1L << bit));
            values.add(Instant.ofEpochSecond(0, 1 << bit));
        }
        for (int bit = 0; bit < Character.SIZE; bit++) {
            for (int at = 0; at < 8; at++) {
                StringBuilder text = new StringBuilder("\0\0\0\0\0\0\0\0");
                text.setCharAt(at, (char) (1 << bit));
                values.add(text.toString());
            }
        }
        List<Object> all = new ArrayList<>(values);
        values.forEach(value -> all.add(Collections.singletonList(value)));
        values.stream().filter(value -> value != null).forEach(value -> all.add(Map.of("k", value)));
        all.addAll(List.of(List.of(), Map.of(), List.of(List.of()), List.of(Map.of()), List.of(1, 2), List.of(2, 1)));
        all.addAll(List.of(Map.of("k", 1, "l", 2), Map.of("k", 2, "l", 1), Map.of("k", "l"), Map.of("l", "k")));
        all.addAll(List.of(List.of("ab", "c"), List.of("a", "bc"), List.of(List.of("ab"), "c"), List.of("abc", "")));
        all.add(Arrays.asList(1, null));
        all.add(Arrays.asList(null, 1));
        return all;
    }

    @Test
    void of_aValueWithAnotherSeed_differs() {
        assertThat(StructureHash.of(List.of(1), new PolynomialHash(43))).isNotEqualTo(hash(List.of(1)));
    }

    /** Eight operations for each list, map, member, element and value, and one for each character or byte. */
    static Stream<Arguments> costs() {
        return Stream.of(
                Arguments.of(List.of(), 8),
                Arguments.of(List.of(1, 0.5, true), 4 * 8),
                Arguments.of(List.of("abcd"), 2 * 8 + 4),
                Arguments.of(List.of(TIME), 2 * 8 + 20),
                Arguments.of(List.of(Instant.EPOCH), 2 * 8),
                Arguments.of(Map.of("abcde", 1), 3 * 8 + 5),
                Arguments.of(Map.of("abcde", List.of("ab"), "k", Map.of()), 6 * 8 + 5 + 2 + 1),
                Arguments.of(Collections.singletonMap("abcde", null), 2 * 8),
                Arguments.of(new BigDecimal(BigInteger.TWO.pow(800).add(BigInteger.ONE)), 8 + 101));
    }

    @ParameterizedTest
    @MethodSource("costs")
    void of_aValueOfARecord_spendsWhatItReads(Object value, long operations) {
        hashOfRecord(value);

        assertThat(slots.spent()).isEqualTo(operations);
    }
}
