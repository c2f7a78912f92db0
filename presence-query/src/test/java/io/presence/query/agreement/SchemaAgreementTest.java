package io.presence.query.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.CompiledQuery;
import io.presence.query.Interpreter;
import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.query.QuerySchema.Kind;
import io.presence.query.RecordSchema;
import io.presence.query.StandingQueries;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A schema changes the look-ups of attributes and does not change the answers. */
class SchemaAgreementTest {

    private static final long TIME = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final RecordSchema<Map<String, Object>> SCHEMA = RecordSchema.<Map<String, Object>>builder()
            .attribute("a", Kind.STRING, record -> record.get("a"))
            .attribute("b", Kind.NUMBER, record -> record.get("b"))
            .attribute("k", Kind.OBJECT, record -> record.get("k"))
            .timestamp("a.b", record -> (Long) record.get("a.b"))
            .attribute("gone", Kind.LIST, record -> record.get("gone"))
            .build();

    private final RandomCases cases = new RandomCases(Seed.SEED);
    private final StandingQueries<Map<String, Object>, Query.Filter> queries = new StandingQueries<>(SCHEMA);
    private final Set<Query.Filter> filters = new HashSet<>();

    @Test
    void match_typedRecords_agreesWithTheInterpreter() {
        while (filters.size() < 500) {
            add(cases.filter());
        }
        List<CompiledQuery<Map<String, Object>>> compiled = new ArrayList<>();
        filters.forEach(filter -> compiled.add(CompiledQuery.compile(filter, SCHEMA)));
        long matches = 0;
        for (int i = 0; i < 400; i++) {
            Map<String, Object> record = record();
            Set<Query.Filter> expected = expected(record);
            Set<Query.Filter> actual = new HashSet<>();
            queries.match(null, record, (filter, before, after) -> actual.add(filter));

            assertThat(actual).as("%s", record).isEqualTo(expected);
            assertThat(compiled.stream().filter(query -> query.test(record)).count())
                    .isEqualTo(expected.size());
            matches += expected.size();
        }
        assertThat(matches).isGreaterThan(10_000);
    }

    private void add(Query.Filter filter) {
        try {
            SCHEMA.check(filter);
        } catch (QueryException refused) {
            return;
        }
        if (filters.add(filter)) {
            queries.add(filter, filter);
        }
    }

    private Set<Query.Filter> expected(Map<String, Object> record) {
        return filters.stream()
                .filter(filter -> Interpreter.matches(filter, SCHEMA.attributes(record)))
                .collect(Collectors.toSet());
    }

    private Map<String, Object> record() {
        Map<String, Object> record = new HashMap<>();
        record.put("a", value(value -> value == null || value instanceof String));
        record.put("b", value(value -> value == null || value instanceof Number));
        record.put("k", value(value -> true));
        Object time = value(value -> value == null || value instanceof Instant && !Instant.MAX.equals(value));
        record.put("a.b", time instanceof Instant instant ? instant.toEpochMilli() : TIME + 1);
        record.put("gone", value(value -> value == null || value instanceof List));
        return record;
    }

    private Object value(Predicate<Object> isRight) {
        Object value = cases.valueOfRecord();
        while (!isRight.test(value)) {
            value = cases.valueOfRecord();
        }
        return value;
    }
}
