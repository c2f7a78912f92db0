package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.fixture.Allocations;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values that {@code metadata} accepts, by each of its two setters. */
class MetadataTest {

    private static final int LIMIT = 65_536;
    private static final String TOO_LARGE = "metadata must be at most 65536 bytes as JSON";

    enum Colour {
        RED
    }

    /* The path of a value is made for an error alone: each would take 2.5 KB here. */
    @Test
    void copyOf_manyValuesBelowLongKeys_allocatesInProportion() {
        Object value = Collections.nCopies(10_000, 1);
        for (int level = 0; level < 30; level++) {
            value = Map.of("k".repeat(80), value);
        }
        Map<String, Object> metadata = Map.of("k", value);

        assertThat(Allocations.allocatedOnce(() -> Metadata.copyOf(metadata))).isLessThan(2_000_000);
    }

    @Test
    void copy_everyJsonLikeValue_isKept() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("string", "text");
        given.put("empty", "");
        given.put("", "empty key");
        given.put("true", true);
        given.put("false", false);
        given.put("null", null);
        given.put("byte", (byte) -1);
        given.put("short", (short) 2);
        given.put("int", Integer.MIN_VALUE);
        given.put("long", Long.MAX_VALUE);
        given.put("float", 1.5f);
        given.put("double", -0.0);
        given.put("bigInteger", BigInteger.TEN.pow(40));
        given.put("bigDecimal", new BigDecimal("1.10"));
        given.put("list", Arrays.asList(1, null, "a", List.of(), Map.of()));
        given.put("map", Map.of("inner", Map.of("deep", List.of(Map.of("er", 1)))));
        assertThat(copy(given)).isEqualTo(given);
    }

    static Stream<Object> values() {
        return Stream.of(
                'c',
                new Object(),
                Instant.EPOCH,
                Colour.RED,
                Optional.of("a"),
                new int[] {1},
                new Object[] {new String[] {"a"}},
                new StringBuilder("a"),
                Set.of("a"),
                new AtomicInteger(1),
                new BigDecimal("1") {
                    private static final long serialVersionUID = 1L;
                },
                new BigInteger("1") {
                    private static final long serialVersionUID = 1L;
                });
    }

    @ParameterizedTest
    @MethodSource("values")
    void copy_anyOtherValue_isRefusedNamingItsPath(Object value) {
        String rule = " must be a string, number, boolean, null, list or map: "
                + value.getClass().getName();
        assertRefused("metadata.a" + rule, () -> copy(Map.of("a", value)));
        assertRefused("metadata.a[2].b" + rule, () -> copy(Map.of("a", List.of(1, 2, Map.of("b", value)))));
        assertRefused("metadata.a[0][1]" + rule, () -> copy(Map.of("a", List.of(List.of("x", value)))));
        assertRefused("metadata.a.b.c" + rule, () -> copy(Map.of("a", Map.of("b", Map.of("c", value)))));
    }

    @Test
    void copy_numberThatIsNotFinite_isRefused() {
        assertRefused("metadata.a must be a finite number: NaN", () -> copy(Map.of("a", Double.NaN)));
        assertRefused("metadata.a must be a finite number: NaN", () -> copy(Map.of("a", Float.NaN)));
        assertRefused(
                "metadata.a[0] must be a finite number: Infinity",
                () -> copy(Map.of("a", List.of(Double.POSITIVE_INFINITY))));
        assertRefused(
                "metadata.a.b must be a finite number: -Infinity",
                () -> copy(Map.of("a", Map.of("b", Float.NEGATIVE_INFINITY))));
        assertThat(copy(Map.of("a", Double.MAX_VALUE, "b", Double.MIN_VALUE))).hasSize(2);
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void copy_keyThatIsNoString_isRefused() {
        assertRefused("metadata must have string keys: java.lang.Integer", () -> copy((Map) Map.of(1, "a")));
        assertRefused("metadata.a must have string keys: java.lang.Integer", () -> copy(Map.of("a", Map.of(1, "a"))));
        assertRefused("metadata must have string keys: null", () -> copy(Collections.singletonMap(null, "a")));
        assertRefused(
                "metadata.a[0] must have string keys: null",
                () -> copy(Map.of("a", List.of(Collections.singletonMap(null, "a")))));
    }

    @Test
    void copy_longKeyInError_isShortened() {
        assertRefused(
                "metadata." + "k".repeat(80) + "... must be a finite number: NaN",
                () -> copy(Map.of("k".repeat(10_000), Double.NaN)));
    }

    @Test
    void copy_controlCharactersInError_areReplaced() {
        assertRefused("metadata.a?b?c must be a finite number: NaN", () -> copy(Map.of("a\nb\u001bc", Double.NaN)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(40),
                Arbitraries.strings()
                        .withChars("\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0080\u07ff\u0800\uffff\ud83d\ude00 a")
                        .ofMaxLength(40));
    }

    @Property(tries = 150)
    void copy_oneByteBeyondTheLimit_isRefused(
            @ForAll("texts") String text, @ForAll("texts") String key, @ForAll long number, @ForAll double fraction) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pad", "");
        map.put(key + "k", Arrays.asList(text, number, List.of(), null, true));
        map.put("", Map.of("in", Double.isFinite(fraction) ? fraction : 0.5, "side", false));
        int room = LIMIT - jsonBytes(map);
        map.put("pad", "x".repeat(room));
        assertThat(copy(map)).isEqualTo(map);

        map.put("pad", "x".repeat(room + 1));
        assertRefused(TOO_LARGE, () -> copy(map));
    }

    @ParameterizedTest
    @MethodSource("widths")
    void copy_text_isCountedAsItsJsonBytes(String unit, int bytes) {
        /* {"k":"..."} */
        int units = (LIMIT - 8) / bytes;
        String rest = "x".repeat((LIMIT - 8) % bytes);
        assertThat(copy(Map.of("k", unit.repeat(units) + rest))).hasSize(1);
        assertRefused(TOO_LARGE, () -> copy(Map.of("k", unit.repeat(units) + rest + "x")));
        assertThat(copy(Map.of("k" + unit.repeat(units) + rest.replace("x", "y"), "")))
                .hasSize(1);
        assertRefused(TOO_LARGE, () -> copy(Map.of("k" + unit.repeat(units) + rest + "x", "")));
    }

    static Stream<Object[]> widths() {
        return Stream.of(
                new Object[] {"x", 1},
                new Object[] {"/", 1},
                new Object[] {"\u007f", 1},
                new Object[] {"\"", 2},
                new Object[] {"\\", 2},
                new Object[] {"\n", 2},
                new Object[] {"\b", 2},
                new Object[] {"\u0080", 2},
                new Object[] {"\u07ff", 2},
                new Object[] {"\u0800", 3},
                new Object[] {"\uffff", 3},
                new Object[] {"\ud83d\ude00", 4},
                new Object[] {"\u0000", 6},
                new Object[] {"\u001f", 6},
                new Object[] {"\ud83d", 6},
                new Object[] {"\ude00", 6});
    }

    @Test
    void copy_number_isCountedAsItsJsonBytes() {
        assertRefused(TOO_LARGE, () -> copy(Map.of("a", Collections.nCopies(LIMIT, 1))));
        assertRefused(TOO_LARGE, () -> copy(Map.of("a", Collections.nCopies(Integer.MAX_VALUE, "x"))));
    }

    @Test
    void copy_numberBeyondQueryLimits_isRefused() {
        String tooLong = "metadata.a must be a number of at most 1100 digits: of ";
        BigInteger enormous = BigInteger.ONE.shiftLeft(30_000_000);
        assertRefused(tooLong + "30000001 bits, scale 0", () -> copy(Map.of("a", enormous)));
        assertRefused(tooLong + "30000000 bits, scale 0", () -> copy(Map.of("a", enormous.negate())));
        assertRefused(tooLong + "30000001 bits, scale 7", () -> copy(Map.of("a", new BigDecimal(enormous, 7))));
        assertRefused(tooLong + "1 bits, scale 1101", () -> copy(Map.of("a", new BigDecimal("1E-1101"))));
        assertRefused(tooLong + "1 bits, scale -1101", () -> copy(Map.of("a", new BigDecimal("1E+1101"))));
        assertRefused(tooLong + "3656 bits, scale 0", () -> copy(Map.of("a", BigInteger.ONE.shiftLeft(3655))));
    }

    @Test
    void copy_numberWithinQueryLimits_isAccepted() {
        BigInteger longest = BigInteger.ONE.shiftLeft(3655).subtract(BigInteger.ONE);
        Map<String, Object> given =
                Map.of("a", longest, "b", new BigDecimal("-1E-1100"), "c", new BigDecimal("1E+1100"));

        assertThat(copy(given)).isEqualTo(given);
    }

    @Test
    void copy_bigNumber_isMeasuredToTheDigit() {
        List<BigInteger> numbers = new ArrayList<>(Collections.nCopies(59, BigInteger.TEN.pow(1099)));
        int left = LIMIT - jsonBytes(Map.of("a", numbers));
        numbers.add(BigInteger.TEN.pow(left - 2));
        Map<String, Object> fits = Map.of("a", numbers);
        assertThat(jsonBytes(fits)).isEqualTo(LIMIT);
        assertThat(copy(fits)).isEqualTo(fits);
        numbers.set(0, numbers.get(0).negate());
        assertRefused(TOO_LARGE, () -> copy(Map.of("a", numbers)));
    }

    @Test
    void copy_thirtyTwoLevels_isAccepted() {
        Object maps = Map.of();
        Object lists = List.of();
        for (int level = 31; level > 1; level--) {
            maps = Map.of("m", maps);
            lists = List.of(lists);
        }
        Map<String, Object> deepMaps = Map.of("m", maps);
        Map<String, Object> deepLists = Map.of("m", lists);
        assertThat(copy(deepMaps)).isEqualTo(deepMaps);
        assertThat(copy(deepLists)).isEqualTo(deepLists);

        assertThatThrownBy(() -> copy(Map.of("m", deepMaps)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("metadata must have at most 32 levels: metadata" + ".m".repeat(32));
        assertThatThrownBy(() -> copy(Map.of("m", deepLists)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("metadata must have at most 32 levels: "
                        + ("metadata.m.m" + "[0]".repeat(31)).substring(0, 80) + "...");
    }

    @Test
    void copy_valueAtTheLastLevel_isAccepted() {
        Object value = "leaf";
        for (int level = 32; level > 1; level--) {
            value = List.of(value);
        }
        Map<String, Object> deep = Map.of("m", value);
        assertThat(copy(deep)).isEqualTo(deep);
    }

    @Test
    void copy_valueThatContainsItself_isRefused() {
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        assertThatThrownBy(() -> copy(map))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("metadata must have at most 32 levels: metadata.self.self");

        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(list);
        assertThatThrownBy(() -> copy(Map.of("list", list)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("metadata must have at most 32 levels: metadata.list[0][0]");
    }

    @Test
    void copy_valueThatRepeatsExponentially_isRefused() {
        Object value = "x";
        for (int level = 0; level < 30; level++) {
            value = List.of(value, value);
        }
        Object all = value;
        assertRefused(TOO_LARGE, () -> copy(Map.of("a", all)));
    }

    @Test
    void copy_afterChangeOfItsSource_isUnchanged() {
        List<Object> list = new ArrayList<>(List.of(1));
        Map<String, Object> inner = new HashMap<>(Map.of("list", list));
        Map<String, Object> given = new HashMap<>(Map.of("inner", inner));
        Map<String, Object> copied = copy(given);
        list.add(2);
        inner.put("more", 3);
        given.put("more", 4);
        assertThat(copied).isEqualTo(Map.of("inner", Map.of("list", List.of(1))));
    }

    @Test
    void copy_atEveryLevel_isImmutable() {
        assertImmutable(copy(Map.of("map", Map.of("a", 1), "list", List.of(1), "lists", List.of(List.of(1)))));
        Map<String, Object> withNulls = new HashMap<>();
        withNulls.put("null", null);
        withNulls.put("list", new ArrayList<>(Arrays.asList(null, new ArrayList<>(), new HashMap<>())));
        assertImmutable(copy(withNulls));
        assertImmutable(copy(new HashMap<>()));
    }

    private static void assertImmutable(Object value) {
        if (value instanceof Map<?, ?> map) {
            assertThatThrownBy(() -> map.clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> map.put(null, null)).isInstanceOf(UnsupportedOperationException.class);
            map.entrySet()
                    .forEach(member -> assertThatThrownBy(() -> member.setValue(null))
                            .isInstanceOf(UnsupportedOperationException.class));
            map.values().forEach(MetadataTest::assertImmutable);
        } else if (value instanceof List<?> list) {
            assertThatThrownBy(() -> list.add(null)).isInstanceOf(UnsupportedOperationException.class);
            list.forEach(MetadataTest::assertImmutable);
        }
    }

    /** Copies by both doors. */
    private static Map<String, Object> copy(Map<String, Object> given) {
        Map<String, Object> copied =
                PresenceUpsert.of("p", "online").metadata(given).metadata();
        assertThat(PresencePatch.none().metadata(given).metadata()).isEqualTo(copied);
        return copied;
    }

    /** The slow oracle: writes compact JSON and measures it. */
    private static int jsonBytes(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value);
        return out.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static void write(StringBuilder out, Object value) {
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            String separator = "";
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.append(separator);
                write(out, member.getKey());
                out.append(':');
                write(out, member.getValue());
                separator = ",";
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            String separator = "";
            for (Object item : list) {
                out.append(separator);
                write(out, item);
                separator = ",";
            }
            out.append(']');
        } else if (value instanceof String text) {
            out.append('"');
            text.codePoints().forEach(c -> writeCharacter(out, c));
            out.append('"');
        } else {
            out.append(value);
        }
    }

    private static void writeCharacter(StringBuilder out, int c) {
        int shortForm = "\b\f\n\r\t\"\\".indexOf(c);
        if (shortForm >= 0) {
            out.append('\\').append("bfnrt\"\\".charAt(shortForm));
        } else if (c < 0x20 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            out.append(String.format("\\u%04x", c));
        } else {
            out.appendCodePoint(c);
        }
    }
}
