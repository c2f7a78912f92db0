package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Query;
import io.presence.query.QueryJson;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The heap that a standing query takes, by the characters of its text, beside a fixed kilobyte. */
class HeapPerCharacterTest {

    private static final int QUERIES = 100;
    private static final int KILOBYTE = 1024;
    private static final int COLLECTIONS = 4;
    /*
     * Of one value or name the objects alone, its number, string or path, posting and filing, are more than 12 for each
     * character.
     */
    private static final int SHORT_VALUES = 22;
    private static final int NAMES = 44;

    private final Maps<String> maps = new Maps<>();

    /**
     * Large queries of one kind each, all of their values distinct, with the bytes per character that they may take.
     */
    private enum Kind {
        NEEDLES(12, i -> Query.contains("m.s", array(100, j -> "a".repeat(245) + (i * 100 + j)))),
        ALL_OF_NUMBERS(12, i -> Query.containsAll("m.k", array(500, j -> i * 500 + j))),
        NONE_OF_NUMBERS(12, i -> Query.notEqual("m.k", array(500, j -> i * 500 + j))),
        PREFIXES(12, i -> Query.or(filters(j -> Query.startsWith("m.k", "p" + (i * 200 + j))))),
        RANGES(12, i -> Query.or(filters(j -> Query.between("m.k", (i * 200 + j) * 3, (i * 200 + j) * 3 + 1)))),
        NUMBERS(SHORT_VALUES, i -> Query.equal("m.k", array(500, j -> i * 500 + j))),
        STRINGS(SHORT_VALUES, i -> Query.equal("m.k", array(500, j -> "v" + (i * 500 + j)))),
        ANY_OF_NUMBERS(SHORT_VALUES, i -> Query.contains("m.k", array(500, j -> i * 500 + j))),
        DOUBLES(SHORT_VALUES, i -> Query.equal("m.k", array(500, j -> i * 500 + j + 0.5))),
        NAMES_THAT_EXIST(NAMES, i -> Query.exists(List.of(names(i)))),
        NAMES_THAT_DO_NOT(NAMES, i -> Query.notExists(List.of(names(i)))),
        NULLS(12, i -> Query.or(filters(j -> Query.isNull("m.k" + (i * 200 + j)))));

        private final int bytes;
        private final IntFunction<Query.Filter> filter;

        Kind(int bytes, IntFunction<Query.Filter> filter) {
            this.bytes = bytes;
            this.filter = filter;
        }
    }

    private static Object[] array(int length, IntFunction<Object> element) {
        Object[] array = new Object[length];
        Arrays.setAll(array, element);
        return array;
    }

    private static String[] names(int query) {
        String[] names = new String[200];
        Arrays.setAll(names, j -> "m.k" + (query * 200 + j));
        return names;
    }

    private static Query[] filters(IntFunction<Query> filter) {
        Query[] filters = new Query[200];
        Arrays.setAll(filters, filter);
        return filters;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void add_largeQueries_takesFewBytesPerCharacter(Kind kind) {
        String[] texts = new String[QUERIES];
        Arrays.setAll(texts, i -> QueryJson.write(kind.filter.apply(i + 1)));
        maps.index.add((Query.Filter) QueryJson.parse(QueryJson.write(kind.filter.apply(0))), "s");
        long characters = Arrays.stream(texts).mapToLong(String::length).sum();
        long start = used();

        for (String text : texts) {
            maps.index.add((Query.Filter) QueryJson.parse(text), "s");
        }

        long taken = used() - start - (long) QUERIES * KILOBYTE;
        assertThat(maps.index.queries()).isEqualTo(QUERIES + 1);
        assertThat((double) taken / characters).isBetween(0.5, (double) kind.bytes);
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
