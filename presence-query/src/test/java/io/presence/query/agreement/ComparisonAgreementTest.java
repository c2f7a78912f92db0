package io.presence.query.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.CompiledQuery;
import io.presence.query.Interpreter;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each compiled comparison, with each value as its operand, answers each value of a record as the interpreter does. */
class ComparisonAgreementTest {

    private final RandomCases cases = new RandomCases(Seed.SEED);
    private final SplittableRandom random = Seed.random();
    private final List<Object> operands = distinct(cases::valueOfQuery);
    private final List<Map<String, Object>> records = distinct(cases::valueOfRecord).stream()
            .map(value -> Collections.singletonMap("k", value))
            .toList();

    /** Returns many values, without equal ones of one class. */
    private static List<Object> distinct(Supplier<Object> values) {
        record OfClass(Class<?> type, Object value) {}
        return Stream.generate(values)
                .limit(600)
                .map(value -> new OfClass(value == null ? null : value.getClass(), value))
                .distinct()
                .map(OfClass::value)
                .toList();
    }

    static Stream<Method> comparisons() {
        return Arrays.stream(Method.values()).filter(method -> method.kind() == Method.Kind.COMPARISON);
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void compiled_eachOperand_agreesWithTheInterpreter(Method method) {
        int held = 0;
        for (Object operand : operands) {
            held += agreeing(method, with(operand, method.minValues() - 1));
        }

        assertThat(held).isPositive();
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void compiled_severalOperands_agreesWithTheInterpreter(Method method) {
        int held = 0;
        int most = Math.min(method.maxValues(), 8);
        for (int count = method.minValues(); count <= most; count++) {
            for (int i = 0; i < 40; i++) {
                held += agreeing(method, with(any(), count - 1));
            }
        }

        assertThat(held).isPositive();
    }

    private List<Object> with(Object operand, int others) {
        List<Object> values = new ArrayList<>();
        values.add(operand);
        while (values.size() <= others) {
            values.add(any());
        }
        return values;
    }

    private Object any() {
        return operands.get(random.nextInt(operands.size()));
    }

    private int agreeing(Method method, List<Object> values) {
        Query.Filter filter = new Query.Comparison(method, AttributePath.of("k"), values);
        CompiledQuery<Map<String, ?>> compiled = CompiledQuery.compile(filter, RecordSchema.maps());
        int held = 0;
        for (Map<String, Object> record : records) {
            boolean expected = Interpreter.matches(filter, Attributes.of(record));
            if (compiled.test(record) != expected) {
                throw new AssertionError("not agreed on " + filter + " of " + record);
            }
            held += expected ? 1 : 0;
        }
        return held;
    }
}
