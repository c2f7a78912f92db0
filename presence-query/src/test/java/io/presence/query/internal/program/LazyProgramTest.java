package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LazyProgramTest {

    private static final Map<String, Object> RECORD =
            Map.of("a", "x", "b", "x", "c", "x", "d", "x", "e", 7, "m", Map.of("k", 1), "l", List.of(Map.of("k", 1)));

    private final List<String> read = new ArrayList<>();

    private LazyProgram<Map<String, Object>> program(Query.Filter filter) {
        return new LazyProgram<>(filter, this::reader);
    }

    private AttributeReader<Map<String, Object>> reader(String attribute) {
        return AttributeReader.of(Kind.OBJECT, record -> {
            read.add(attribute);
            return record.get(attribute);
        });
    }

    @Test
    void test_conditionsOfOneAttribute_readItOncePerRecord() {
        LazyProgram<Map<String, Object>> program = program(Query.and(Query.isNotNull("a"), Query.equal("a", "x", "y")));

        assertThat(program.test(RECORD)).isTrue();
        assertThat(read).containsExactly("a");
        assertThat(program.test(Map.of("a", "z"))).isFalse();
        assertThat(program.test(Map.of())).isFalse();
        assertThat(read).containsExactly("a", "a", "a");
    }

    @Test
    void test_aConditionThatDecides_readsNoAttributeAfterIt() {
        for (Query.Filter filter : List.of(
                Query.or(Query.isNotNull("a"), Query.equal("b", "x")),
                Query.and(Query.isNull("a"), Query.equal("b", "x")),
                Query.exists("a", "b"),
                Query.notExists("a", "b"))) {
            read.clear();
            program(filter).test(RECORD);
            assertThat(read).as("%s", filter).hasSize(1);
        }
    }

    /** Each condition holds, so each attribute is read, in the order in which the conditions are evaluated. */
    @Test
    void test_conditionsOfAnyKind_readsTheCheapestFirst() {
        List<Query.Filter> filters = List.of(
                Query.elemMatch("l", Query.isNotNull("k")),
                Query.or(Query.isNotNull("m.k")),
                Query.contains("d", "x"),
                Query.startsWith("c", "x"),
                Query.equal("b", "x"),
                Query.isNotNull("a"));

        assertThat(program(new Query.And(filters)).test(RECORD)).isTrue();
        assertThat(read).containsExactly("a", "b", "c", "d", "m", "l");
    }

    @Test
    void test_conditionsOfOneKind_readsThemInTheirOrder() {
        program(Query.and(Query.notEqual("c", "y"), Query.equal("a", "x"), Query.equal("b", "x")))
                .test(RECORD);
        program(Query.and(Query.notContains("c", "y"), Query.containsAll("d", "x"), Query.containsAny("a", "x")))
                .test(RECORD);
        program(Query.and(Query.exists("c"), Query.isNotNull("a"), Query.notExists("gone"), Query.exists("b")))
                .test(RECORD);
        program(Query.and(Query.between("e", 1, 9), Query.notEndsWith("a", "y"), Query.greaterThan("b", "a")))
                .test(RECORD);

        assertThat(read).containsExactly("c", "a", "b", "c", "d", "a", "c", "a", "gone", "b", "e", "a", "b");
    }

    @Test
    void operations_ofAllTests_areAddedUp() {
        LazyProgram<Map<String, Object>> program =
                program(Query.and(Query.isNotNull("a"), Query.contains("b", "needle")));

        assertThat(program.operations()).isZero();
        program.test(Map.of("a", 1, "b", "no"));
        assertThat(program.operations()).isEqualTo(2 + 2 * 2);
        program.test(Map.of());
        assertThat(program.operations()).isEqualTo(2 + 2 * 2 + 1);
        assertThat(program.size()).isEqualTo(2);
    }

    @Test
    void test_aTimestampInMillis_isComparedAsAnInstant() {
        LazyProgram<Instant> program = new LazyProgram<>(
                Query.greaterThan("at", "2026-01-01T00:00:00Z"),
                attribute -> AttributeReader.ofMillis(Instant::toEpochMilli));

        assertThat(program.test(Instant.parse("2026-01-01T00:00:00.001Z"))).isTrue();
        assertThat(program.test(Instant.parse("2026-01-01T00:00:00Z"))).isFalse();
    }

    @Test
    void test_elementsOfAListWithoutRandomAccess_areIterated() {
        Map<String, Object> record = Map.of("l", new Linked(7, Map.of("k", 1), Map.of("k", 2)));

        assertThat(program(Query.elemMatch("l", Query.equal("k", 2))).test(record))
                .isTrue();
    }
}
