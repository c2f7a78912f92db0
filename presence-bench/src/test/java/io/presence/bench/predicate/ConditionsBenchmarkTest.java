package io.presence.bench.predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.bench.Row;
import io.presence.bench.predicate.ConditionsBenchmark.Contender;
import io.presence.query.Attributes;
import io.presence.query.Interpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsBenchmarkTest {
    @ParameterizedTest
    @EnumSource
    void everyContenderAnswersAsTheInterpreter(Contender contender) {
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
    void conditions_areNeitherMostlyTrueNorMostlyFalse(int conditions) {
        assertThat(expected(conditions)).isBetween(32L, 224L);
    }

    @Test
    void check_failsWhenAnAnswerIsWrong() {
        Row[] rows = Workload.records().stream().map(Row.Maps::new).toArray(Row[]::new);
        assertThatThrownBy(() -> PredicateBenchmark.check("LIAR", Workload.conditions(1), row -> true, rows))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("LIAR must agree with the interpreter");
    }

    private static long trueOf256(ConditionsBenchmark benchmark) {
        long matches = 0;
        for (int i = 0; i < Workload.records().size(); i++) {
            matches += benchmark.evaluate() ? 1 : 0;
        }
        return matches;
    }

    private static long expected(int conditions) {
        return Workload.records().stream()
                .filter(record -> Interpreter.matches(Workload.conditions(conditions), Attributes.of(record)))
                .count();
    }
}
