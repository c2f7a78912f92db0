package io.presence.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceUpsert;
import io.presence.fixture.Promise;
import io.presence.testing.ManualStore;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The size of metadata that is accepted, beside the size of its JSON text.
 *
 * <p>The first test fails if decimals are written without an exponent. The second fails within 40 lists by that, and
 * if a float is counted by its own digits.
 */
class MetadataSizeTest {

    private static final int LIMIT = 65_536;

    private static int jsonBytes(JsonLibrary library, List<? extends Number> numbers) throws Exception {
        return jsonBytes(library, Map.of("n", numbers)) - jsonBytes(library, Map.of());
    }

    private static int jsonBytes(JsonLibrary library, Map<String, ?> metadata) throws Exception {
        try (ManualStore manual = ManualStore.create()) {
            manual.store().upsert(PresenceUpsert.of("p", "u", "online").metadata(metadata));
            return library.write(manual.store().get("p")).getBytes(StandardCharsets.UTF_8).length;
        }
    }

    @ParameterizedTest
    @EnumSource
    @Promise("metadata-text")
    void write_shortDecimals_areAsLongAsTheyCount(JsonLibrary library) throws Exception {
        assertThat(jsonBytes(library, Collections.nCopies(8_000, new BigDecimal("1e1100"))))
                .isLessThanOrEqualTo(LIMIT);
        assertThat(jsonBytes(library, Collections.nCopies(8_000, new BigDecimal("1e-1100"))))
                .isLessThanOrEqualTo(LIMIT);
        PresenceUpsert read = library.read(
                "{\"presenceId\":\"p\",\"status\":\"s\",\"metadata\":{\"n\":1e1100}}", PresenceUpsert.class);
        assertThat(read.metadata()).isEqualTo(Map.of("n", new BigDecimal("1e1100")));
    }

    /* As many numbers as are accepted: one more is refused. */
    @Property(tries = 40)
    @Promise("metadata-text")
    void write_anyNumbers_areWithinTheLimit(@ForAll("numbers") List<Number> sample) throws Exception {
        List<Number> numbers = fill(sample);
        for (JsonLibrary library : JsonLibrary.values()) {
            assertThat(jsonBytes(library, numbers)).as("%s", library).isLessThanOrEqualTo(LIMIT);
        }
    }

    private static List<Number> fill(List<Number> sample) {
        int least = 0;
        int most = LIMIT;
        while (most - least > 1) {
            int middle = (least + most) / 2;
            if (isAccepted(repeated(sample, middle))) {
                least = middle;
            } else {
                most = middle;
            }
        }
        return repeated(sample, least);
    }

    private static List<Number> repeated(List<Number> sample, int count) {
        List<Number> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(sample.get(i % sample.size()));
        }
        return numbers;
    }

    private static boolean isAccepted(List<Number> numbers) {
        try {
            PresenceUpsert.of("p", "u", "online").metadata(Map.of("n", numbers));
            return true;
        } catch (IllegalArgumentException tooLarge) {
            return false;
        }
    }

    @Provide
    Arbitrary<List<Number>> numbers() {
        Arbitrary<BigInteger> wholes =
                Arbitraries.bigIntegers().between(BigInteger.TEN.pow(1_099).negate(), BigInteger.TEN.pow(1_099));
        Arbitrary<BigDecimal> decimals = Combinators.combine(
                        wholes, Arbitraries.integers().between(-1_100, 1_100))
                .as(BigDecimal::new);
        Arbitrary<BigDecimal> powers =
                Arbitraries.integers().between(-1_100, 1_100).map(scale -> new BigDecimal(BigInteger.ONE, scale));
        Arbitrary<Number> all = Arbitraries.oneOf(
                wholes.map(Number.class::cast),
                decimals.map(Number.class::cast),
                powers.map(Number.class::cast),
                Arbitraries.longs().map(Number.class::cast),
                Arbitraries.longs()
                        .map(Double::longBitsToDouble)
                        .filter(Double::isFinite)
                        .map(Number.class::cast),
                Arbitraries.integers()
                        .map(Float::intBitsToFloat)
                        .filter(Float::isFinite)
                        .map(Number.class::cast),
                Arbitraries.bytes().map(Number.class::cast));
        return all.list().ofMinSize(1).ofMaxSize(5);
    }
}
