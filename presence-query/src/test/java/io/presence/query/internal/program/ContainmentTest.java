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
}
