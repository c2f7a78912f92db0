package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Method;
import io.presence.query.Values;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.Texts;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The oracle is to ask each operand by itself. */
class ContainmentTest {

    private final RandomCases cases = new RandomCases(Seed.SEED);
    private final Slots slots = new Slots();
    private int has;

    @Test
    void hasElements_anyValues_agreesWithComparingEach() {
        for (int i = 0; i < 1_000; i++) {
            List<Object> operands = values(1 + i % 12, true);
            for (int j = 0; j < 20; j++) {
                assertElements(values(i % 3 == 0 ? 30 : 4, false), operands);
            }
        }
        assertThat(has).isBetween(4_000, 36_000);
    }

    private void assertElements(List<Object> list, List<Object> operands) {
        Predicate<Object> isElement = operand -> list.stream().anyMatch(element -> Values.equal(element, operand));
        Condition any = Condition.of(Method.CONTAINS, constants(operands));
        Condition all = Condition.of(Method.CONTAINS_ALL, constants(operands));
        boolean expected = operands.stream().anyMatch(isElement);
        for (List<Object> same : List.of(list, new LinkedList<>(list))) {
            assertThat(((Containment) any.constant()).hasElements(same, slots))
                    .as("%s in %s", operands, list)
                    .isEqualTo(expected);
            boolean hasAll = all.constant() instanceof Containment each && each.hasElements(same, slots);
            assertThat(hasAll)
                    .as("%s in %s", operands, list)
                    .isEqualTo(operands.stream().allMatch(isElement));
        }
        has += expected ? 1 : 0;
    }

    @Test
    void hasParts_anyValues_agreesWithSearchingEach() {
        for (int i = 0; i < 1_000; i++) {
            List<Object> operands = values(1 + i % 12, true);
            String text = String.join(
                    "",
                    Stream.generate(cases::valueOfRecord)
                            .limit(i % 7)
                            .map(String::valueOf)
                            .toList());
            Predicate<Object> isPart = operand -> operand instanceof String part && Texts.contains(text, part);
            assertThat(new Containment(constants(operands), false).hasParts(text, slots))
                    .as("%s in %s", operands, text)
                    .isEqualTo(operands.stream().anyMatch(isPart));
            assertThat(hasAllParts(operands, text))
                    .as("%s in %s", operands, text)
                    .isEqualTo(operands.stream().allMatch(isPart));
        }
    }

    private boolean hasAllParts(List<Object> operands, String text) {
        Condition all = Condition.of(Method.CONTAINS_ALL, constants(operands));
        return all.constant() instanceof Containment each && each.hasParts(text, slots);
    }

    @Test
    void hasElements_equalOperands_areOne() {
        List<Object> equal = List.of(List.of(7), List.of(7.0), "a", "a", 1, 1.0, 0.5, true);
        Containment all = (Containment)
                Condition.of(Method.CONTAINS_ALL, constants(equal)).constant();

        assertThat(all.hasElements(List.of(true, 0.5f, 1, "a", List.of(7)), slots))
                .isTrue();
        assertThat(all.hasElements(List.of(0.5f, 1, "a", List.of(7)), slots)).isFalse();
    }

    private static List<Object> constants(List<Object> operands) {
        return Constants.ofAll(operands);
    }

    private List<Object> values(int count, boolean ofQuery) {
        List<Object> values = new ArrayList<>();
        while (values.size() < count) {
            values.add(ofQuery ? cases.valueOfQuery() : cases.valueOfRecord());
        }
        return values;
    }

    private long spent(Method method, List<Object> operands, Object value) {
        Containment containment =
                (Containment) Condition.of(method, constants(operands)).constant();
        slots.replace(0, value);
        slots.resetSpent();
        containment.has(slots, 0);
        return slots.spent();
    }

    /** The search of the JDK does not say where it found a part. */
    @Test
    void hasParts_atMostFourOperandsOfEightCharacters_costsTheWholeText() {
        String text = "a".repeat(8) + "x".repeat(92);

        assertThat(spent(Method.CONTAINS, List.of("a".repeat(8)), text)).isEqualTo(2 * 100);
        assertThat(spent(Method.CONTAINS, List.of("a", "b", "c", "d"), text)).isEqualTo(2 * 100);
        assertThat(spent(Method.CONTAINS, List.of(7, "a"), text)).isEqualTo(2 * 100);
    }

    @Test
    void hasParts_moreOrLongerOperands_costsTheTextUpToTheFirstMatch() {
        String text = "a".repeat(9) + "x".repeat(91);

        assertThat(spent(Method.CONTAINS, List.of("a".repeat(9)), text)).isEqualTo(2 * 9);
        assertThat(spent(Method.CONTAINS, List.of("aa", "b", "c", "d", "e"), text))
                .isEqualTo(2 * 2);
        assertThat(spent(Method.CONTAINS, List.of("aaaa", "bbbbb"), text)).isEqualTo(2 * 4);
    }

    @Test
    void hasElements_anyOperand_costsTheElementsUpToTheFirstMatch() {
        assertThat(spent(Method.CONTAINS, List.of(7), List.of(1, 2, 7, 4))).isEqualTo(4 * 3);
        assertThat(spent(Method.CONTAINS, List.of(7), List.of(1, 2, 3, 4))).isEqualTo(4 * 4);
    }

    /** The bits of 126 strings and two booleans are two words; a timestamp is looked up for each operand at the end. */
    @Test
    void hasElements_allOperands_costsTheElementsUpToTheLastMatchAndTheOperands() {
        List<Object> many =
                IntStream.range(0, 126).<Object>mapToObj(i -> "" + i).toList();

        assertThat(spent(Method.CONTAINS_ALL, List.of(7, 8), List.of(7, 8, 9))).isEqualTo(4 * 2);
        assertThat(spent(Method.CONTAINS_ALL, many, List.of(7, 8, 9))).isEqualTo(4 * 3 + 2);
        assertThat(spent(Method.CONTAINS_ALL, List.of("2026-01-01T00:00:00Z"), List.of(7)))
                .isEqualTo(4 + 4);
    }

    @Test
    void hasElements_aListWithoutRandomAccess_isIterated() {
        Condition any = Condition.of(Method.CONTAINS, List.of(7L));

        assertThat(((Containment) any.constant()).hasElements(new Linked(1, 7), slots))
                .isTrue();
    }
}
