package io.presence.query.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Attributes;
import io.presence.query.Handle;
import io.presence.query.Interpreter;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.StandingQueries;
import io.presence.query.fixture.Seed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Lists and maps by a hash, equalities within elements and times within a second find what the interpreter does. */
class AccessAgreementTest {

    private static final int STANDING = 300;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SplittableRandom random = Seed.random();
    private final StandingQueries<Map<String, ?>, Integer> queries = new StandingQueries<>(RecordSchema.maps());
    private final Map<Integer, Query.Filter> filters = new HashMap<>();
    private final Map<Integer, Handle<Integer>> handles = new HashMap<>();

    private Object scalar() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(3);
            case 1 -> (double) random.nextInt(3);
            case 2 -> new BigDecimal("0." + random.nextInt(3) + "0000000000000000000000001");
            case 3 -> random.nextBoolean();
            case 4 -> time().toString();
            case 5 -> "2026-01-01T01:00:00.00000000" + random.nextInt(3) + "+01:00";
            default -> "s" + random.nextInt(3);
        };
    }

    private Instant time() {
        return START.plusNanos(random.nextInt(3));
    }

    private Object structure(int depth) {
        if (random.nextBoolean()) {
            return list(depth, false);
        }
        return map(depth, false);
    }

    private List<Object> list(int depth, boolean isRecord) {
        List<Object> list = random.nextBoolean() ? new ArrayList<>() : new LinkedList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            list.add(random.nextInt(9) == 0 ? null : value(depth - 1, isRecord));
        }
        return list;
    }

    private Map<String, Object> map(int depth, boolean isRecord) {
        Map<String, Object> map = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            map.put("k" + random.nextInt(2), random.nextInt(9) == 0 ? null : value(depth - 1, isRecord));
        }
        return map;
    }

    private Object value(int depth, boolean isRecord) {
        if (depth > 0 && random.nextInt(3) != 0) {
            return random.nextBoolean() ? list(depth, isRecord) : map(depth, isRecord);
        }
        return isRecord && random.nextInt(5) == 0 ? time() : scalar();
    }

    private Query.Filter filter() {
        String path = "p" + random.nextInt(3);
        return switch (random.nextInt(7)) {
            case 0 -> Query.equal(path, structure(2), structure(1));
            case 1 -> Query.contains(path, structure(1), scalar());
            case 2 -> Query.containsAll(path, scalar(), structure(1));
            case 3 -> Query.elemMatch(path, Query.equal("k0", scalar(), scalar()), Query.isNotNull("k1"));
            case 4 -> Query.elemMatch(path, Query.or(Query.equal("k0.k1", scalar()), Query.equal("k1", scalar())));
            case 5 -> Query.between(path, time().toString(), time().toString());
            default -> Query.or(Query.greaterThan(path, time().toString()), Query.equal(path, List.of(structure(2))));
        };
    }

    private Map<String, Object> record() {
        Map<String, Object> record = new HashMap<>();
        for (int i = 0; i < 3; i++) {
            record.put("p" + i, value(3, true));
        }
        return record;
    }

    private void replace(int id) {
        Handle<Integer> had = handles.get(id);
        if (had != null) {
            queries.remove(had);
        }
        Query.Filter filter = filter();
        filters.put(id, filter);
        handles.put(id, queries.add(filter, id));
    }

    @Test
    void match_structuresElementsAndTimes_agreesWithTheInterpreter() {
        for (int id = 0; id < STANDING; id++) {
            replace(id);
        }
        int found = 0;
        for (int i = 0; i < 3_000; i++) {
            found += agree(record());
            replace(random.nextInt(STANDING));
        }
        assertThat(found).isGreaterThan(3_000);
        handles.values().forEach(queries::remove);
        assertThat(queries.stats().queries()).isZero();
        assertThat(agreeWithNone(record())).isZero();
    }

    private int agree(Map<String, Object> record) {
        Set<Integer> expected = new TreeSet<>();
        filters.forEach((id, filter) -> {
            if (Interpreter.matches(filter, Attributes.of(record))) {
                expected.add(id);
            }
        });
        Set<Integer> actual = new TreeSet<>();
        queries.match(null, record, (id, before, after) -> actual.add(id));
        if (!actual.equals(expected)) {
            expected.stream().filter(id -> !actual.contains(id)).forEach(id -> fail(id, record));
            actual.stream().filter(id -> !expected.contains(id)).forEach(id -> fail(id, record));
        }
        return actual.size();
    }

    private void fail(int id, Map<String, Object> record) {
        throw new AssertionError(filters.get(id) + " on " + record + " by "
                + queries.explain(handles.get(id)).access());
    }

    private int agreeWithNone(Map<String, Object> record) {
        int[] visits = {0};
        queries.match(null, record, (id, before, after) -> visits[0]++);
        return visits[0];
    }
}
