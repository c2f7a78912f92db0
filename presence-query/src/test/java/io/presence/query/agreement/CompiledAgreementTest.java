package io.presence.query.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Attributes;
import io.presence.query.CompiledQuery;
import io.presence.query.Interpreter;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.fixture.Promise;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A compiled query answers as the interpreter does. */
class CompiledAgreementTest {

    private static final int RECORDS = 500;
    private static final int FILTERS = Seed.share(2_000);
    /** Another seed, other cases: {@code -Dagreement.seed=...}. */
    private static final long SEED = Long.getLong("agreement.seed", 20_261_124L);

    @Test
    @Promise("engines-agree")
    void compiled_aMillionPairs_agreesWithTheInterpreter() {
        RandomCases cases = new RandomCases(SEED);
        List<Map<String, Object>> records =
                Stream.generate(cases::record).limit(RECORDS).toList();
        int held = 0;
        for (int i = 0; i < FILTERS; i++) {
            held += agreeing(cases.filter(), records);
        }

        assertThat(held).isBetween(RECORDS * FILTERS / 10, RECORDS * FILTERS * 9 / 10);
    }

    private static int agreeing(Query.Filter filter, List<Map<String, Object>> records) {
        CompiledQuery<Map<String, ?>> compiled = CompiledQuery.compile(filter, RecordSchema.maps());
        int held = 0;
        for (Map<String, Object> record : records) {
            boolean expected = Interpreter.matches(filter, Attributes.of(record));
            if (compiled.test(record) != expected) {
                Query.Filter part = smallest(filter, record);
                throw new AssertionError("seed " + SEED + ": not agreed on " + part + " of " + record);
            }
            held += expected ? 1 : 0;
        }
        return held;
    }

    /** The innermost part of a filter that is not agreed on. */
    private static Query.Filter smallest(Query.Filter filter, Map<String, Object> record) {
        List<Query.Filter> parts = filter instanceof Query.And and
                ? and.filters()
                : filter instanceof Query.Or or ? or.filters() : List.of();
        return parts.stream()
                .filter(part -> !agreed(part, record))
                .findFirst()
                .map(part -> smallest(part, record))
                .orElse(filter);
    }

    private static boolean agreed(Query.Filter filter, Map<String, Object> record) {
        return CompiledQuery.compile(filter, RecordSchema.maps()).test(record)
                == Interpreter.matches(filter, Attributes.of(record));
    }
}
