package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

/** The laws of equality and of the two orders. */
@Domain(RecordValues.class)
class ValuesPropertyTest {

    private static final Comparator<Object> ASCENDING = Values.ascending();
    private static final Comparator<Object> DESCENDING = Values.descending();

    @Property(tries = 2000)
    void ascending_ofAnyTwo_isAntisymmetric(@ForAll Object a, @ForAll Object b) {
        assertThat(sign(ASCENDING, a, b)).isEqualTo(-sign(ASCENDING, b, a));
    }

    @Property(tries = 4000)
    void ascending_ofAnyThree_isTransitive(@ForAll Object a, @ForAll Object b, @ForAll Object c) {
        Object[] sorted = {a, b, c};
        Arrays.sort(sorted, ASCENDING);

        assertThat(sign(ASCENDING, sorted[0], sorted[1])).isNotPositive();
        assertThat(sign(ASCENDING, sorted[1], sorted[2])).isNotPositive();
        assertThat(sign(ASCENDING, sorted[0], sorted[2])).isNotPositive();
        if (sign(ASCENDING, a, b) == 0) {
            assertThat(sign(ASCENDING, a, c)).isEqualTo(sign(ASCENDING, b, c));
        }
    }

    @Property(tries = 2000)
    void descending_unlessNull_isTheReverse(@ForAll Object a, @ForAll Object b) {
        int expected = a == null || b == null ? sign(ASCENDING, a, b) : -sign(ASCENDING, a, b);

        assertThat(sign(DESCENDING, a, b)).isEqualTo(expected);
    }

    @Property(tries = 2000)
    void ascending_orderedValues_goAsTheyCompare(@ForAll Object a, @ForAll Object b) {
        OptionalInt order = Values.compare(a, b);

        if (order.isPresent() && sameType(a, b)) {
            assertThat(sign(ASCENDING, a, b)).isEqualTo(Integer.signum(order.getAsInt()));
        }
    }

    @Property(tries = 2000)
    void ascending_valuesThatAreEqual_areAlike(@ForAll Object a, @ForAll Object b) {
        boolean alike = sign(ASCENDING, a, b) == 0 && a != null && !RecordValues.hasNaN(a);

        boolean isStructure = a instanceof List || a instanceof Map;
        if (!RecordValues.hasInstant(a)) {
            assertThat(Values.equal(a, b))
                    .as("%s and %s", a, b)
                    .isEqualTo(alike && (!isStructure || Values.equal(a, b)));
        }
    }

    @Property(tries = 2000)
    void equal_unlessNullOrNaN_isReflexive(@ForAll Object a) {
        assertThat(Values.equal(a, a)).isEqualTo(a != null && !RecordValues.hasNaN(a));
    }

    @Property(tries = 2000)
    void key_valuesOfARecord_areTheSameWhenTheValuesAreEqual(@ForAll Object a, @ForAll Object b) {
        Object key = Values.key(a);

        if (key != null && !(a instanceof Instant && b instanceof String)) {
            assertThat(key.equals(Values.key(b))).isEqualTo(Values.equal(a, b));
        }
    }

    @Property(tries = 2000)
    void equal_comparedValues_areEqualWhenNeitherIsLess(@ForAll Object a, @ForAll Object b) {
        OptionalInt order = Values.compare(a, b);

        if (order.isPresent()) {
            assertThat(Values.equal(a, b)).isEqualTo(order.getAsInt() == 0);
        }
    }

    @Property(tries = 4000)
    void compareStrings_ofAnyTwo_isTheOrderOfCodePoints(
            @ForAll @From("strings") String a, @ForAll @From("strings") String b) {
        int expected = Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

        assertThat(Integer.signum(Values.compareStrings(a, b))).isEqualTo(Integer.signum(expected));
    }

    /** Halves of pairs, alone and together, and what lies between and above them in one order or the other. */
    @Provide
    Arbitrary<String> strings() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "\ud7ff",
                        "\ud800",
                        "\ud83d",
                        "\udbff",
                        "\udc00",
                        "\ude00",
                        "\udfff",
                        "\ue000",
                        "\uff61",
                        "\uffff",
                        "\ud83d\ude00",
                        "\udbff\udfff")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    private static boolean sameType(Object a, Object b) {
        return List.of(String.class, Number.class, java.time.Instant.class).stream()
                .anyMatch(type -> type.isInstance(a) && type.isInstance(b));
    }

    private static int sign(Comparator<Object> order, Object a, Object b) {
        return Integer.signum(order.compare(a, b));
    }
}
