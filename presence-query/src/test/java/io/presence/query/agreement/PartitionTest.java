package io.presence.query.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Attributes;
import io.presence.query.CompiledQuery;
import io.presence.query.Interpreter;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that hold for all queries, without an oracle: Rigger and Su, Ternary Logic Partitioning, 2020. */
class PartitionTest {

    private final RandomCases cases = new RandomCases(Seed.SEED);
    private final List<Map<String, Object>> records =
            Stream.generate(cases::record).limit(100).toList();

    static Stream<Method> negated() {
        return Arrays.stream(Method.values())
                .filter(method -> method.kind() == Method.Kind.COMPARISON && method.isNegated());
    }

    @ParameterizedTest
    @MethodSource("negated")
    void aMethod_itsNegationAndIsNull_divideAllRecords(Method method) {
        int[] held = new int[3];
        for (int i = 0; i < 250; i++) {
            Query.Comparison negated = cases.comparison(method);
            Query.Filter positive = new Query.Comparison(method.positive(), negated.attribute(), negated.values());
            Query.Filter isNull = new Query.NullCheck(Method.IS_NULL, negated.attribute());
            assertDivides(List.of(positive, negated, isNull), held);
        }
        assertThat(Arrays.stream(held).min().orElseThrow())
                .as("records in the least part")
                .isPositive();
    }

    @Test
    void aNullCheck_andItsNegation_divideAllRecords() {
        assertDivides(List.of(Query.isNull("a.b"), Query.isNotNull("a.b")), new int[2]);
        assertDivides(List.of(Query.exists("a", "b.k"), Query.notExists("a", "b.k")), new int[2]);
    }

    private void assertDivides(List<Query.Filter> parts, int[] held) {
        List<CompiledQuery<Map<String, ?>>> compiled =
                parts.stream().map(PartitionTest::compile).toList();
        for (Map<String, Object> record : records) {
            int interpreted = 0;
            int tested = 0;
            for (int part = 0; part < parts.size(); part++) {
                boolean holds = Interpreter.matches(parts.get(part), Attributes.of(record));
                interpreted += holds ? 1 : 0;
                tested += compiled.get(part).test(record) ? 1 : 0;
                held[part] += holds ? 1 : 0;
            }
            assertThat(interpreted).as("%s of %s", parts, record).isEqualTo(1);
            assertThat(tested).as("%s of %s", parts, record).isEqualTo(1);
        }
    }

    @Test
    void groups_ofAnyQueries_obeyTheLawsOfALattice() {
        for (int i = 0; i < 100; i++) {
            Query.Filter p = cases.filter();
            Query.Filter q = cases.filter();
            Query.Filter r = cases.filter();
            assertSame(p, and(p, p), or(p, p), and(p), or(p));
            assertSame(p, or(p, and(p, q)), and(p, or(p, q)));
            assertSame(and(p, q), and(q, p), and(q, p, q));
            assertSame(or(p, q), or(q, p), or(q, p, q));
            assertSame(and(p, and(q, r)), and(and(p, q), r), and(p, q, r));
            assertSame(or(p, or(q, r)), or(or(p, q), r), or(p, q, r));
            assertSame(and(p, or(q, r)), or(and(p, q), and(p, r)));
            assertSame(or(p, and(q, r)), and(or(p, q), or(p, r)));
            assertSame(p, and(p, Query.everything()), or(p, Query.nothing()));
        }
    }

    private static Query.Filter and(Query.Filter... filters) {
        return new Query.And(List.of(filters));
    }

    private static Query.Filter or(Query.Filter... filters) {
        return new Query.Or(List.of(filters));
    }

    private void assertSame(Query.Filter first, Query.Filter... others) {
        CompiledQuery<Map<String, ?>> compiledFirst = compile(first);
        for (Query.Filter other : others) {
            CompiledQuery<Map<String, ?>> compiled = compile(other);
            for (Map<String, Object> record : records.subList(0, 30)) {
                boolean expected = Interpreter.matches(first, Attributes.of(record));
                boolean same = Interpreter.matches(other, Attributes.of(record)) == expected
                        && compiledFirst.test(record) == expected
                        && compiled.test(record) == expected;
                if (!same) {
                    throw new AssertionError(first + " and " + other + " of " + record);
                }
            }
        }
    }

    private static CompiledQuery<Map<String, ?>> compile(Query.Filter filter) {
        return CompiledQuery.compile(filter, RecordSchema.maps());
    }
}
