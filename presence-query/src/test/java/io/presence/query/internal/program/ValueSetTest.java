package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Values;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.Texts;
import io.presence.query.internal.slots.Slots;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueSetTest {
    private final RandomCases cases = new RandomCases(Seed.SEED);
    private final Slots slots = new Slots();

    @Test
    void anyValues_agreesWithComparingEach() {
        int has = 0;
        for (int i = 0; i < 1_000; i++) {
            List<Object> operands = values(i % 12);
            ValueSet set = new ValueSet(operands.stream().map(Constants::of).toList());
            for (int j = 0; j < 20; j++) {
                has += assertSlot(set, operands) + assertList(set, operands);
            }
        }
        assertThat(has).isBetween(4_000, 36_000);
    }

    private int assertSlot(ValueSet set, List<Object> operands) {
        Object value = cases.valueOfRecord();
        boolean expected = isEqualToAny(value, operands);
        slots.replace(0, value);
        assertThat(set.hasSlot(slots, 0)).as("%s in %s", value, operands).isEqualTo(expected);
        if (value instanceof String text) {
            assertThat(set.hasSubstringOf(text)).isEqualTo(containsAny(text, operands));
        }
        return expected ? 1 : 0;
    }

    private int assertList(ValueSet set, List<Object> operands) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            list.add(cases.valueOfRecord());
        }
        boolean expected = list.stream().anyMatch(element -> isEqualToAny(element, operands));
        assertThat(set.hasElementOf(list)).as("%s in %s", list, operands).isEqualTo(expected);
        assertThat(set.hasElementOf(new LinkedList<>(list))).isEqualTo(expected);
        return expected ? 1 : 0;
    }

    private static boolean isEqualToAny(Object value, List<Object> operands) {
        return operands.stream().anyMatch(operand -> Values.equal(value, operand));
    }

    private static boolean containsAny(String text, List<Object> operands) {
        return operands.stream().anyMatch(operand -> operand instanceof String part && Texts.contains(text, part));
    }

    private List<Object> values(int count) {
        List<Object> values = new ArrayList<>();
        while (values.size() < count) {
            values.add(cases.valueOfQuery());
        }
        return values;
    }
}
