package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import io.presence.query.fixture.Promise;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.normal.Normalizer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No evaluation takes more operations than was estimated, on the largest records and the worst of them. */
class CostEstimateTest {

    private static final String[] ATTRIBUTES = {"a", "b", "k", "a.b"};

    private final RandomCases cases = new RandomCases(Seed.SEED);
    private final SplittableRandom random = Seed.random();

    /** Contents of a record, each of which is the worst for some method. */
    private enum Filling {
        TEXT(65_534) {
            @Override
            Object value(int size) {
                return "a".repeat(size - 1) + "c";
            }
        },
        NUMBERS(32_766) {
            @Override
            Object value(int size) {
                return Collections.nCopies(size, 7);
            }
        },
        EMPTY_LISTS(21_843) {
            @Override
            Object value(int size) {
                return Collections.nCopies(size, List.of());
            }
        },
        LIST_OF_NUMBERS(16_382) {
            @Override
            Object value(int size) {
                return Collections.nCopies(size, List.of(7));
            }
        },
        EMPTY_MAPS(21_843) {
            @Override
            Object value(int size) {
                return Collections.nCopies(size, Map.of());
            }
        },
        MAPS(6_553) {
            @Override
            Object value(int size) {
                return Collections.nCopies(size, Map.of("a", "ab"));
            }
        },
        TEXTS_IN_MAPS(3_640) {
            @Override
            Object value(int size) {
                return Collections.nCopies(size, Map.of("k", "aaaaaaaa"));
            }
        },
        LISTS_IN_MAPS(4_681) {
            @Override
            Object value(int size) {
                return Collections.nCopies(size, Map.of("k", List.of(Map.of())));
            }
        },
        BIG_NUMBERS(58) {
            @Override
            Object value(int size) {
                return Collections.nCopies(size, new BigDecimal(BigInteger.TEN.pow(1_090), -5));
            }
        },
        MEMBERS(7_000) {
            @Override
            Object value(int size) {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    map.put("k" + i, i % 2 == 0 ? null : 1);
                }
                return map;
            }
        };

        private final int most;

        Filling(int most) {
            this.most = most;
        }

        abstract Object value(int size);

        Object value() {
            return value(most);
        }
    }

    @ParameterizedTest
    @EnumSource(Filling.class)
    @Promise("query-cost")
    void spent_randomFilters_isAtMostTheEstimate(Filling filling) {
        Object value = filling.value();
        List<Map<String, Object>> records = new ArrayList<>();
        for (String attribute : ATTRIBUTES) {
            records.add(Map.of(attribute, value));
        }
        records.add(Map.of("a", Map.of("b", value)));
        for (int i = 0; i < 80; i++) {
            assertBounded(cases.filter(), records.get(i % records.size()));
        }
    }

    @ParameterizedTest
    @EnumSource(Filling.class)
    void spent_manyOperandsOfOneKind_isAtMostTheEstimate(Filling filling) {
        Object value = filling.value();
        Object[] numbers = operands(i -> i + 0.5);
        Object[] lists = operands(i -> List.of(i));
        Object[] maps = operands(i -> Map.of("a", i));
        Object[] texts = operands(i -> "a".repeat(200) + i);
        Object[] few = {"a".repeat(30), "2026-01-01T00:00:00Z", 7};
        for (Object[] operands : List.of(numbers, lists, maps, texts, few)) {
            Query.Filter[] each = {
                Query.equal("k", operands),
                Query.contains("k", operands),
                Query.containsAll("k", operands),
                Query.notContains("k", operands),
                Query.greaterThan("k", operands[0])
            };
            for (Query.Filter filter : each) {
                assertBounded(filter, Map.of("k", value));
                assertBounded(Query.elemMatch("a", filter, Query.isNull("z")), Map.of("a", elements(value)));
                assertBounded(Query.and(filter, Query.or(each)), Map.of("k", value));
            }
        }
    }

    private static Object[] operands(IntFunction<Object> each) {
        Object[] operands = new Object[120];
        Arrays.setAll(operands, each);
        return operands;
    }

    private Object elements(Object value) {
        if (value instanceof List<?> list && list.get(0) instanceof Map) {
            return value;
        }
        return value instanceof List<?> list && random.nextBoolean()
                ? list.stream()
                        .limit(2_000)
                        .map(element -> Map.of("k", element))
                        .toList()
                : List.of(Map.of("k", value));
    }

    private static void assertBounded(Query.Filter filter, Map<String, Object> record) {
        Query.Filter normal = Normalizer.normalize(filter);
        long estimate = CostEstimate.ofNormal(normal);
        Slots slots = new Slots();
        SlotTable<Map<String, ?>> table =
                new SlotTable<>(name -> AttributeReader.of(Kind.OBJECT, map -> map.get(name)));
        table.retain(normal);
        Program program = Program.compile(normal, table);
        table.fill(record, slots);
        slots.resetSpent();
        program.test(slots);

        assertThat(slots.spent()).as("%s", filter).isLessThanOrEqualTo(estimate);
        assertThat(CostEstimate.of(filter)).as("%s", filter).isGreaterThanOrEqualTo(estimate);
    }

    @Test
    void of_filtersOnDifferentAttributes_countsOneLargeValue() {
        Query[] apart = new Query[100];
        Query[] together = new Query[100];
        Arrays.setAll(apart, i -> Query.contains("metadata.k" + i, "abc", "d" + i));
        Arrays.setAll(together, i -> Query.contains("metadata.k", "abc", "d" + i));

        assertThat(CostEstimate.of(Query.and(apart))).isLessThan(200_000);
        assertThat(CostEstimate.of(Query.and(together))).isGreaterThan(100 * 131_072L);
    }

    @Test
    void of_valuesWithinValues_areAddedUp() {
        Query.Filter outer = Query.equal("m", List.of(Map.of("x", 1), Map.of("x", 2)));
        Query.Filter inner = Query.equal("m.k", List.of(Map.of("x", 1), Map.of("x", 2)));
        long one = CostEstimate.of(inner);

        assertThat(CostEstimate.of(Query.and(outer, inner))).isGreaterThan(2 * one - 1_000);
    }
}
