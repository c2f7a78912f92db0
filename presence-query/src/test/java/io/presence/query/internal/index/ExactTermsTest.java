package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Attributes;
import io.presence.query.Handle;
import io.presence.query.Interpreter;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Queries that have terms of both kinds: those that decide a part of the query and those that do not.
 *
 * <p>With all terms taken for exact, or with the program of the whole filter not released by a removal,
 * {@link #match_termsOfBothKinds_agreesWithTheInterpreter} fails within five tries. With that program kept though no
 * posting has it, {@link #remove_equalTermsOfBothKinds_leavesNothing} fails.
 */
class ExactTermsTest {

    private static final List<String> WORDS = List.of("a", "b", "ab", "2020-01-01T00:00:00Z");

    @Property(tries = 1000)
    void match_termsOfBothKinds_agreesWithTheInterpreter(
            @ForAll("filters") List<Query.Filter> filters, @ForAll("records") List<Map<String, Object>> records) {
        Maps<Integer> maps = new Maps<>();
        List<Handle<Integer>> handles = new ArrayList<>();
        filters.forEach(filter -> handles.add(maps.index.add(filter, handles.size())));

        for (int i = 1; i < records.size(); i++) {
            Map<String, Object> before = records.get(i - 1);
            Map<String, Object> after = records.get(i);
            Set<String> found = new HashSet<>();
            maps.index.match(before, after, (id, held, holds) -> found.add(id + " " + held + " " + holds));
            assertThat(found).isEqualTo(expected(filters, before, after));
        }
        handles.forEach(maps.index::remove);
        assertThat(maps.index.isEmpty()).isTrue();
    }

    private static Set<String> expected(
            List<Query.Filter> filters, Map<String, Object> before, Map<String, Object> after) {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < filters.size(); i++) {
            boolean held = Interpreter.matches(filters.get(i), Attributes.of(before));
            boolean holds = Interpreter.matches(filters.get(i), Attributes.of(after));
            if (held || holds) {
                expected.add(i + " " + held + " " + holds);
            }
        }
        return expected;
    }

    @Provide
    Arbitrary<List<Query.Filter>> filters() {
        Arbitrary<Query.Filter> parts = Arbitraries.of("x", "y").flatMap(ExactTermsTest::part);
        Arbitrary<Query.Filter> any = parts.list().ofMinSize(1).ofMaxSize(3).map(ExactTermsTest::or);
        return any.list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(ExactTermsTest::and)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    private static Arbitrary<Query.Filter> part(String attribute) {
        Arbitrary<List<Object>> values = scalars().list().ofMinSize(1).ofMaxSize(3);
        return Arbitraries.oneOf(
                values.map(operands -> Query.equal(attribute, operands.toArray())),
                values.map(operands -> Query.containsAny(attribute, operands.toArray())),
                values.map(operands -> Query.containsAny(attribute, operands, "b")),
                scalars().map(operand -> Query.notEqual(attribute, operand)),
                Arbitraries.of(WORDS).map(text -> Query.endsWith(attribute, text)));
    }

    private static Arbitrary<Object> scalars() {
        return Arbitraries.of(
                Stream.concat(WORDS.stream(), Stream.of(1, 2, true)).toArray());
    }

    private static Query.Filter or(List<Query.Filter> filters) {
        return filters.size() == 1 ? filters.get(0) : Query.or(filters);
    }

    private static Query.Filter and(List<Query.Filter> filters) {
        return filters.size() == 1 ? filters.get(0) : Query.and(filters);
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> records() {
        Arbitrary<Object> lists = scalars().list().ofMaxSize(3).map(list -> list);
        Arbitrary<Object> nested = lists.map(list -> List.of(list, "a"));
        Arbitrary<Object> values = Arbitraries.oneOf(scalars(), lists, nested).injectNull(0.2);
        return values.tuple2()
                .map(pair -> record(pair.get1(), pair.get2()))
                .list()
                .ofMinSize(2)
                .ofMaxSize(10);
    }

    private static Map<String, Object> record(@Nullable Object x, @Nullable Object y) {
        Map<String, Object> record = new HashMap<>();
        record.put("x", x);
        record.put("y", y);
        return record;
    }

    /* More terms than are compared with each other: the exact one and the other have one posting. */
    @Test
    void remove_equalTermsOfBothKinds_leavesNothing() {
        List<Query.Filter> parts = new ArrayList<>();
        IntStream.range(0, 70).forEach(i -> parts.add(Query.equal("x", "v" + i)));
        IntStream.range(0, 70)
                .forEach(i -> parts.add(Query.and(Query.equal("x", "v" + i), Query.endsWith("y", "z" + i))));
        Maps<String> maps = new Maps<>();
        Handle<String> handle = maps.index.add(Query.or(parts), "one");
        assertThat(maps.candidates(Map.of("x", "v3", "y", "a"))).isEqualTo(1);

        maps.index.remove(handle);

        assertThat(maps.index.isEmpty()).isTrue();
    }
}
