package io.presence.query.internal.normal;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FilterHashTest {

    private static final long SEED = 42;

    @Test
    void hash_similarFilters_differ() {
        List<Query.Filter> filters = List.of(
                Query.everything(),
                Query.nothing(),
                Query.and(Query.everything()),
                Query.isNull("a"),
                Query.isNotNull("a"),
                Query.exists("a"),
                Query.exists("a", "b"),
                Query.isNull("a.b"),
                Query.isNull("a\\.b"),
                Query.equal("a", "b"),
                Query.equal("a.b", "b"),
                Query.equal("a", "b", "c"),
                Query.equal("a", "bc"),
                Query.equal("a", "c", "b"),
                Query.equal("a", List.of(List.of("b", "c"))),
                Query.equal("a", List.of(List.of("b"), List.of("c"))),
                Query.equal("a", Map.of()),
                Query.equal("a", Map.of("b", "c")),
                Query.equal("a", List.of(List.of())),
                Query.equal("a", (Object) null),
                Query.equal("a", true),
                Query.equal("a", false),
                Query.equal("a", "\0"),
                Query.equal("a", "\0\0"),
                Query.equal("a", 1),
                Query.equal("a", 1L << 32),
                Query.equal("a", -1),
                Query.equal("a", 0.5),
                Query.equal("a", BigInteger.TWO.pow(64)),
                Query.equal("a", new BigDecimal("0.1")),
                Query.equal("a", new BigDecimal("0.01")),
                Query.elemMatch("a", Query.isNull("b")),
                Query.elemMatch("a", Query.isNull("b"), Query.isNull("c")),
                Query.and(Query.isNull("a"), Query.isNull("b")),
                Query.or(Query.isNull("a"), Query.isNull("b")),
                Query.and(Query.isNull("a"), Query.and(Query.isNull("b"))));

        assertThat(filters.stream().map(filter -> FilterHash.hash(filter, SEED)))
                .doesNotHaveDuplicates();
    }

    @Test
    void hash_equalMapsInAnyOrder_isTheSame() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", 2);
        Map<String, Object> reversed = new LinkedHashMap<>();
        reversed.put("b", 2);
        reversed.put("a", 1);

        assertThat(FilterHash.hash(Query.equal("a", map), SEED))
                .isEqualTo(FilterHash.hash(Query.equal("a", reversed), SEED));
    }

    @Test
    void hash_eachSeed_isAnother() {
        Query.Filter filter = Query.equal("a", "b");
        Stream<Long> hashes = LongStream.rangeClosed(-1000, 1000).mapToObj(seed -> FilterHash.hash(filter, seed));

        assertThat(hashes).doesNotHaveDuplicates();
    }

    /** Each bit is set for half of the filters, give or take five standard deviations. */
    @Test
    void hash_manyFilters_usesEveryBit() {
        int[] set = new int[Long.SIZE];
        int filters = 10_000;
        for (int i = 0; i < filters; i++) {
            long hash = FilterHash.hash(Query.equal("a", i), SEED);
            for (int bit = 0; bit < Long.SIZE; bit++) {
                set[bit] += (int) (hash >>> bit) & 1;
            }
        }

        assertThat(IntStream.of(set)).allSatisfy(count -> assertThat(count).isBetween(4750, 5250));
    }

    /** The same for {@code String.hashCode}, and for any polynomial modulo a power of two, whatever the multiplier. */
    @Test
    void hash_textsMadeToCollide_differ() {
        String text = thueMorse(11, 'a', 'b');
        String inverse = thueMorse(11, 'b', 'a');

        assertThat(polynomial(text, 0x9e3779b97f4a7c15L)).isEqualTo(polynomial(inverse, 0x9e3779b97f4a7c15L));
        assertThat(FilterHash.hash(Query.equal("a", text), SEED))
                .isNotEqualTo(FilterHash.hash(Query.equal("a", inverse), SEED));
        assertThat("Aa").hasSameHashCodeAs("BB");
        assertThat(FilterHash.hash(Query.equal("a", "Aa"), SEED))
                .isNotEqualTo(FilterHash.hash(Query.equal("a", "BB"), SEED));
    }

    @Test
    void hash_nullsAndOrder_count() {
        assertThat(FilterHash.hash(Query.equal("a", List.of(Arrays.asList(1, null))), SEED))
                .isNotEqualTo(FilterHash.hash(Query.equal("a", List.of(Arrays.asList(null, 1))), SEED));
        assertThat(FilterHash.hash(Query.equal("a", Collections.singletonMap("k", null)), SEED))
                .isNotEqualTo(FilterHash.hash(Query.equal("a", Map.of()), SEED));
    }

    private static String thueMorse(int doublings, char zero, char one) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1 << doublings; i++) {
            text.append(Integer.bitCount(i) % 2 == 0 ? zero : one);
        }
        return text.toString();
    }

    private static long polynomial(String text, long point) {
        long sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum = sum * point + text.charAt(i);
        }
        return sum;
    }
}
