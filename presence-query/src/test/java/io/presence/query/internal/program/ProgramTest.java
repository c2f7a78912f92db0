package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProgramTest {

    private final SlotTable<Map<String, ?>> table =
            new SlotTable<>(name -> AttributeReader.of(Kind.OBJECT, record -> record.get(name)));

    private Program compile(Query.Filter filter) {
        table.retain(filter);
        return Program.compile(filter, table);
    }

    private Program compile(int count, IntFunction<Query> each) {
        Query[] filters = new Query[count];
        Arrays.setAll(filters, each);
        return compile(Query.and(filters));
    }

    static Stream<Query.Filter> comparisonsOfWords() {
        return Stream.of(
                Query.everything(),
                Query.nothing(),
                Query.isNotNull("a"),
                Query.notExists("a", "b"),
                Query.equal("a", "x"),
                Query.notEqual("a", 7),
                Query.equal("a", true),
                Query.equal("a", 0.5),
                Query.equal("a", "x", 7, 0.5, false),
                Query.between("a", 1, 9),
                Query.or(Query.and(Query.lessThan("a", 1), Query.isNull("b")), Query.equal("b", 2)));
    }

    @ParameterizedTest
    @MethodSource("comparisonsOfWords")
    void isCheap_comparisonsOfWords_isTrue(Query.Filter filter) {
        Program program = compile(filter);

        assertThat(program.isCheap()).isTrue();
        assertThat(program.isCheap()).as("again").isTrue();
    }

    static Stream<Query.Filter> longerComparisons() {
        return Stream.of(
                Query.equal("a", List.of(List.of(1))),
                Query.equal("a", Map.of("k", 1)),
                Query.equal("a", new BigDecimal("1E+400")),
                Query.equal("a", 1, 2, 3, 4, 5),
                Query.equal("a", "x", null),
                Query.lessThan("a", "x"),
                Query.startsWith("a", "x"),
                Query.notEndsWith("a", "x"),
                Query.contains("a", "x"),
                Query.elemMatch("a", Query.isNull("k")),
                Query.or(Query.isNull("b"), Query.and(Query.isNull("c"), Query.contains("a", "x"))));
    }

    @ParameterizedTest
    @MethodSource("longerComparisons")
    void isCheap_aLongerComparison_isFalse(Query.Filter filter) {
        Program program = compile(filter);

        assertThat(program.isCheap()).isFalse();
        assertThat(program.isCheap()).as("again").isFalse();
    }

    @Test
    void isCheap_moreThanSixteenInstructions_isFalse() {
        assertThat(compile(16, i -> Query.isNull("k" + i)).isCheap()).isTrue();
        assertThat(compile(17, i -> Query.isNull("k" + i)).isCheap()).isFalse();
    }

    /** One instruction for each comparison and attribute, and two for each {@code elemMatch}. */
    @Test
    void size_ofAFilter_countsItsInstructions() {
        assertThat(compile(Query.everything()).size()).isZero();
        assertThat(compile(Query.equal("a", 1, 2, 3)).size()).isEqualTo(1);
        assertThat(compile(Query.exists("a", "b", "c")).size()).isEqualTo(3);
        assertThat(compile(Query.elemMatch("a", Query.isNull("k"), Query.isNull("l")))
                        .size())
                .isEqualTo(4);
        assertThat(compile(100, i -> Query.or(Query.isNull("k" + i), Query.isNull("l" + i)))
                        .size())
                .isEqualTo(200);
    }

    @Test
    void test_aFilter_spendsAnOperationForEachInstructionThatDecides() {
        Program program = compile(Query.and(Query.isNull("a"), Query.equal("b", 7), Query.lessThan("c", 9)));
        Slots slots = new Slots();
        table.fill(Map.of("b", 7, "c", 8), slots);
        slots.resetSpent();

        assertThat(program.test(slots)).isTrue();
        assertThat(slots.spent()).isEqualTo(3);
        table.fill(Map.of("a", 1, "b", 7), slots);
        slots.resetSpent();
        assertThat(program.test(slots)).isFalse();
        assertThat(slots.spent()).isEqualTo(1);
    }

    @Test
    void unuse_untilTheLastUser_returnsWhetherThereAreOthers() {
        Program program = compile(Query.isNull("a"));
        program.use();
        program.use();

        assertThat(program.unuse()).isTrue();
        assertThat(program.unuse()).isFalse();
    }
}
