package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Values;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueSetTest {

    private final RandomCases cases = new RandomCases(Seed.SEED);
    private final Slots slots = new Slots();

    @Test
    void valueSet_ofAnyValues_agreesWithComparingEach() {
        int has = 0;
        for (int i = 0; i < 1_000; i++) {
            List<Object> operands = values(i % 12);
            ValueSet set = new ValueSet(operands.stream().map(Constants::of).toList());
            for (int j = 0; j < 20; j++) {
                has += assertSlot(set, operands);
            }
        }
        assertThat(has).isBetween(1_000, 18_000);
    }

    private int assertSlot(ValueSet set, List<Object> operands) {
        Object value = cases.valueOfRecord();
        boolean expected = isEqualToAny(value, operands);
        slots.replace(0, value);
        assertThat(set.hasSlot(slots, 0)).as("%s in %s", value, operands).isEqualTo(expected);
        assertThat(set.find(value, slots) != ValueSet.NONE)
                .as("%s in %s", value, operands)
                .isEqualTo(expected);
        return expected ? 1 : 0;
    }

    private static boolean isEqualToAny(Object value, List<Object> operands) {
        return operands.stream().anyMatch(operand -> Values.equal(value, operand));
    }

    private List<Object> values(int count) {
        List<Object> values = new ArrayList<>();
        while (values.size() < count) {
            values.add(cases.valueOfQuery());
        }
        return values;
    }
}
