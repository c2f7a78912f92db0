package io.presence.query.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Attributes;
import io.presence.query.CompiledQuery;
import io.presence.query.Interpreter;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A compiled {@code elemMatch} answers as the interpreter does: several conditions on one element, one within another,
 * and the same keys in the record and in both kinds of elements.
 */
class ElementsAgreementTest {

    private static final int RECORDS = 100;
    private static final int FILTERS = Seed.share(3_000);
    private static final List<String> KEYS = List.of("a", "b", "c.a");
    private static final Object[] VALUES = {1, 2, "x"};

    private final SplittableRandom random = Seed.random();

    @Test
    void compiled_conditionsOnElements_agreeWithTheInterpreter() {
        List<Map<String, Object>> records =
                Stream.generate(this::record).limit(RECORDS).toList();
        int held = 0;
        for (int i = 0; i < FILTERS; i++) {
            Query.Filter filter = filter();
            CompiledQuery<Map<String, ?>> compiled = CompiledQuery.compile(filter, RecordSchema.maps());
            for (Map<String, Object> record : records) {
                boolean expected = Interpreter.matches(filter, Attributes.of(record));
                if (compiled.test(record) != expected) {
                    throw new AssertionError("not agreed on " + filter + " of " + record);
                }
                held += expected ? 1 : 0;
            }
        }

        assertThat(held).isBetween(RECORDS * FILTERS / 10, RECORDS * FILTERS * 9 / 10);
    }

    private Query.Filter filter() {
        Query.Filter elements = Query.elemMatch("l", filters(() -> random.nextInt(4) == 0 ? inner() : leaf()));
        return switch (random.nextInt(4)) {
            case 0 -> Query.and(leaf(), elements);
            case 1 -> Query.or(leaf(), elements, Query.elemMatch("l", filters(this::leaf)));
            default -> elements;
        };
    }

    private Query.Filter inner() {
        return Query.elemMatch("m", filters(this::leaf));
    }

    private List<Query.Filter> filters(Supplier<Query.Filter> each) {
        return Stream.generate(each).limit(1 + random.nextInt(2)).toList();
    }

    private Query.Filter leaf() {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        Object value = VALUES[random.nextInt(VALUES.length)];
        return switch (random.nextInt(6)) {
            case 0 -> Query.isNull(key);
            case 1 -> Query.exists(key, "b");
            case 2 -> Query.notEqual(key, value);
            case 3 -> Query.or(Query.greaterThan(key, 1), Query.startsWith("a", "x"));
            case 4 -> Query.and(Query.isNotNull(key), Query.notExists("gone", "d"));
            default -> Query.equal(key, value);
        };
    }

    private Map<String, Object> record() {
        Map<String, Object> record = members();
        record.put("l", list(() -> {
            Map<String, Object> element = members();
            element.put("m", list(this::members));
            return element;
        }));
        return record;
    }

    /** Returns a list of elements, some of which are no maps, or a value that is no list. */
    private Object list(Supplier<Map<String, Object>> element) {
        if (random.nextInt(6) == 0) {
            return element.get();
        }
        List<Object> list = random.nextBoolean() ? new ArrayList<>() : new LinkedList<>();
        for (int size = random.nextInt(5); list.size() < size; ) {
            list.add(random.nextInt(6) == 0 ? Arrays.asList("x", null).get(random.nextInt(2)) : element.get());
        }
        return list;
    }

    private Map<String, Object> members() {
        Map<String, Object> map = new HashMap<>();
        for (String key : List.of("a", "b")) {
            if (random.nextInt(4) != 0) {
                map.put(key, VALUES[random.nextInt(VALUES.length)]);
            }
        }
        if (random.nextBoolean()) {
            map.put("c", Map.of("a", VALUES[random.nextInt(VALUES.length)]));
        }
        return map;
    }
}
