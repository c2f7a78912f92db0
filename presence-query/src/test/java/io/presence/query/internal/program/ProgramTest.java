package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                Query.equal("a", "2026-01-01T00:00:00Z"),
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

    private static final int NULLS = 500;
    private static final BigInteger BIG = BigInteger.TWO.pow(799).add(BigInteger.ONE);

    static Stream<Arguments> structures() {
        List<Object> three = List.of(1, 2, 3);
        return Stream.of(
                Arguments.of(three, List.of(1, 2, 4), 4 * 8),
                Arguments.of(three, List.of(1, 2), 8),
                Arguments.of(three, Map.of("k", 1), 0),
                Arguments.of(members("k", 1, "l", 2), Map.of("k", 1, "l", 3, "m", 4), 3 * 8),
                Arguments.of(members("k", 1, "l", 2), Map.of("k", 1), 3 * 8),
                Arguments.of(members("k", 1), Map.of("k", 1, "l", 2), 2 * 8 + 2),
                Arguments.of(List.of(three, three), List.of(three, List.of(1, 2, 4)), 9 * 8),
                Arguments.of(List.of(Map.of(), 1), List.of(manyNulls(), 2), 3 * 8 + NULLS),
                Arguments.of(List.of("a".repeat(80)), List.of("b".repeat(88)), 2 * 8 + 10),
                Arguments.of(List.of(BIG), List.of(BIG.add(BigInteger.ONE)), 2 * 8 + 400));
    }

    private static Map<String, Object> members(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> manyNulls() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < NULLS; i++) {
            map.put("k" + i, null);
        }
        return map;
    }

    /** Each value that is compared counts, at any depth, until one differs; and so do members that are null. */
    @ParameterizedTest
    @MethodSource("structures")
    void test_equalityOfAStructure_spendsWhatItCompares(Object operand, Object value, long operations) {
        Program program = compile(Query.equal("a", Collections.singletonList(operand)));
        Slots slots = new Slots();
        table.fill(Map.of("a", value), slots);
        slots.resetSpent();

        assertThat(program.test(slots)).isFalse();
        assertThat(slots.spent()).isEqualTo(1 + operations);
    }

    static Stream<Arguments> texts() {
        String bound = "a".repeat(800);
        return Stream.of(
                Arguments.of(Query.lessThan("a", bound), bound + "b", 100),
                Arguments.of(Query.between("a", bound, bound + "b"), bound + "c", 200),
                Arguments.of(Query.startsWith("a", bound + "b"), bound + "c", 100),
                Arguments.of(Query.endsWith("a", bound), "c" + bound.substring(1), 100),
                Arguments.of(Query.equal("a", "Aa" + bound), "BB" + bound, 12),
                Arguments.of(Query.equal("a", bound), "b", 0),
                Arguments.of(Query.equal("a", "Aa", bound), "c" + bound.substring(1), 12));
    }

    /** Eight characters of a comparison count as an operation, or 64 of one for equality. */
    @ParameterizedTest
    @MethodSource("texts")
    void test_aLongText_spendsItsCharacters(Query.Filter filter, String text, long operations) {
        Program program = compile(filter);
        Slots slots = new Slots();
        table.fill(Map.of("a", text), slots);
        slots.resetSpent();

        assertThat(program.test(slots)).isFalse();
        assertThat(slots.spent()).isEqualTo(1 + operations);
    }

    @Test
    void test_aBigNumberInARange_spendsHalfOfItsBits() {
        Program program = compile(Query.lessThan("a", 1));
        Slots slots = new Slots();
        table.fill(Map.of("a", BigInteger.TWO.pow(799).add(BigInteger.ONE)), slots);
        slots.resetSpent();

        assertThat(program.test(slots)).isFalse();
        assertThat(slots.spent()).isEqualTo(1 + 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AaAa", "AaBB", "BBAa", "BBBB"})
    void test_stringsOfOneHash_areDistinguished(String text) {
        for (Object[] operands : new Object[][] {
            {"AaBB"}, {"AaAa", "BBBB"}, {"BBAa", "x", "y", "z", "AaAa"}, {"AaAa", "AaBB", "BBBB", "C#AaAa", "C#", "D"}
        }) {
            Program program = compile(Query.equal("a", operands));
            Slots slots = new Slots();
            table.fill(Map.of("a", text), slots);

            assertThat(program.test(slots)).as(text).isEqualTo(List.of(operands).contains(text));
        }
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
