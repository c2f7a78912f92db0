package io.presence.bench.predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.bench.AttributeRow;
import io.presence.bench.predicate.ConditionsBenchmark.PredicateCandidate;
import io.presence.query.Attributes;
import io.presence.query.Interpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsBenchmarkTest {

    @ParameterizedTest
    @EnumSource
    void evaluate_anyCandidate_agreesWithInterpreter(PredicateCandidate contender) {
        for (int conditions : new int[] {1, 3, 8}) {
            ConditionsBenchmark benchmark = new ConditionsBenchmark();
            benchmark.candidate = contender;
            benchmark.conditions = conditions;
            benchmark.setUp();
            assertThat(trueOf256(benchmark)).isEqualTo(expected(conditions));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void conditions_anyNumber_areTrueForSomeRecordsOnly(int conditions) {
        assertThat(expected(conditions)).isBetween(32L, 224L);
    }

    @Test
    void check_wrongAnswer_throws() {
        AttributeRow[] rows =
                PredicateWorkload.records().stream().map(AttributeRow.Maps::new).toArray(AttributeRow[]::new);
        assertThatThrownBy(() -> PredicateBenchmark.check("LIAR", PredicateWorkload.conditions(1), row -> true, rows))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("LIAR must agree with the interpreter");
    }

    private static long trueOf256(ConditionsBenchmark benchmark) {
        long matches = 0;
        for (int i = 0; i < PredicateWorkload.records().size(); i++) {
            matches += benchmark.evaluate() ? 1 : 0;
        }
        return matches;
    }

    private static long expected(int conditions) {
        return PredicateWorkload.records().stream()
                .filter(record -> Interpreter.matches(PredicateWorkload.conditions(conditions), Attributes.of(record)))
                .count();
    }
}
