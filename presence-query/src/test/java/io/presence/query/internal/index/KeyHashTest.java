package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Seed;
import io.presence.query.internal.index.ValueTable.Part;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys that are made to collide do not, for who makes them does not know the seed. */
class KeyHashTest {

    private static final int KEYS = 4_096;

    private final ValueTable<Entry> table = new ValueTable<>(new KeyHash(Seed.SEED), postingList -> {});

    @Test
    void hash_ofStringsOfOneHashCode_spreads() {
        assertSpread(n -> IntStream.range(0, 12)
                .mapToObj(bit -> (n >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining()));
    }

    @Test
    void hash_ofBigNumbersOfOneHashCode_spreads() {
        assertSpread(KeyHashTest::bigNumber);
    }

    /* The hash code of a number is a polynomial at 31 of its digits of 32 bits: one more above is 31 less below. */
    private static BigDecimal bigNumber(int n) {
        BigInteger unscaled = BigInteger.ONE
                .shiftLeft(96)
                .add(BigInteger.valueOf(n).shiftLeft(64))
                .add(BigInteger.valueOf((1L << 31) - 31L * n).shiftLeft(32))
                .add(BigInteger.ONE);
        return new BigDecimal(unscaled, 1);
    }

    @Test
    void hash_ofTimestampsOfOneSecond_spreads() {
        assertSpread(n -> Instant.ofEpochSecond(1, n));
    }

    @Test
    void hash_ofNumbers_spreads() {
        assertSpread(n -> (long) n << 32);
        assertSpread(n -> n + 0.5);
    }

    private void assertSpread(IntFunction<Object> keys) {
        List<Object> all = new ArrayList<>();
        IntStream.range(0, KEYS).forEach(n -> all.add(keys.apply(n)));
        Set<Integer> hashes = all.stream()
                .map(key -> table.hashOf(table.findOrAdd(Part.VALUE, 0, key)))
                .collect(Collectors.toSet());

        assertThat(Set.copyOf(all)).hasSize(KEYS);
        assertThat(hashes).hasSizeGreaterThan(KEYS - 16);
    }
}
