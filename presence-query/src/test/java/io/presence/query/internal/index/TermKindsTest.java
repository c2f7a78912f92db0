package io.presence.query.internal.index;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.AttributePath;
import io.presence.query.Values;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.plan.Bound;
import io.presence.query.internal.plan.Range;
import io.presence.query.internal.plan.Range.Domain;
import io.presence.query.internal.plan.Term;
import io.presence.query.internal.program.SlotTable;
import io.presence.query.internal.program.Slots;
import io.presence.query.internal.program.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of term: a query under it is a candidate for the records that have the term, and for no others here. */
class TermKindsTest {

    private static final AttributePath V = AttributePath.of("v");
    private static final AttributePath W = AttributePath.of("w");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final BigDecimal THIRD = new BigDecimal("0.333333333333333333333");
    private static final BigDecimal HUGE = new BigDecimal("1e400");
    /* The nearest doubles of these two are in a range that they are not in. */
    private static final BigDecimal BEYOND = BigDecimal.valueOf(1L << 53).add(THIRD);
    private static final BigDecimal QUARTER = new BigDecimal("0.25000000000000000000001");
    private static final long WHOLE = 1L << 53;

    private final SlotTable<Map<String, ?>> table = new SlotTable<>(Maps::reader);
    private final TermIndex<String> index = new TermIndex<>(table, Seed.SEED);
    private final Slots slots = new Slots();
    private final CandidateFinder<String> finder = new CandidateFinder<>(index, slots);
    private final List<One> postings = new ArrayList<>();

    private static final class One extends Posting<String> {
        @Override
        public String query() {
            return "q";
        }
    }

    private record Case(String name, Term term, List<Map<String, ?>> hits, List<Map<String, ?>> others) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Map<String, ?>> values(Object... values) {
        return Stream.of(values)
                .<Map<String, ?>>map(value -> Map.of("v", value))
                .toList();
    }

    private static Case equal(String name, Object value, List<Map<String, ?>> hits, List<Map<String, ?>> others) {
        return new Case("equal " + name, new Term.Equal(V, Values.key(value)), hits, others);
    }

    private static Case within(String name, Range range, List<Map<String, ?>> hits, List<Map<String, ?>> others) {
        return new Case("within " + name, new Term.Within(V, range), hits, others);
    }

    private static Range numbers(Number low, Number high) {
        return new Range(Domain.NUMBER, Bound.below(low), Bound.above(high));
    }

    private static Map<String, ?> point(double x, double y) {
        return Map.of("v", x, "w", y);
    }

    private static Map<String, ?> wide(Object at) {
        return Map.ofEntries(
                entry("a", 1), entry("b", 2), entry("c", 3), entry("d", 4), entry("e", 5), entry("k", Map.of("x", at)));
    }

    static Stream<Case> cases() {
        Map<String, Object> map = Map.of("a", 1);
        AttributePath inner = AttributePath.parse("k.x");
        return Stream.of(
                equal("text", "a", values("a"), values("b", 1, List.of("a"))),
                equal("integer", 1, values(1, 1.0, BigDecimal.ONE), values(2, "1", true)),
                equal("decimal", THIRD, values(THIRD), values(0.3333, "a")),
                equal("boolean", true, values(true), values(false, 1)),
                equal("time", NOON, values(NOON), values(NOON.plusNanos(1), "a")),
                within("numbers", numbers(1, 2), values(1, 1.5, 2L, new BigDecimal("1.25")), values(0, 3, "1")),
                within("exact", numbers(WHOLE + 1, WHOLE + 1), values(WHOLE + 1), values(WHOLE - 5, WHOLE + 9)),
                within("thirds", numbers(THIRD, THIRD), values(THIRD), values(0.25, 0.5)),
                within("up to a whole double", numbers(0, WHOLE), values(WHOLE, WHOLE - 1), values(WHOLE + 1, BEYOND)),
                within("up to a double", numbers(0, 0.25), values(0.25, 0.0), values(QUARTER)),
                within("numbers beyond doubles", numbers(HUGE, HUGE), values(HUGE), values(1e300, HUGE.negate())),
                within(
                        "texts",
                        new Range(Domain.TEXT, Bound.ofText("b"), Bound.ofText("d")),
                        values("b", "c"),
                        values("a", "e", 1)),
                within(
                        "times",
                        new Range(Domain.TIME, Bound.ofInstant(NOON), Bound.ofInstant(NOON.plusSeconds(9))),
                        values(NOON, NOON.plusSeconds(5)),
                        values(NOON.minusSeconds(1), NOON.plusSeconds(10), "c")),
                new Case(
                        "box",
                        new Term.InBox(V, numbers(1, 2), W, numbers(1, 2)),
                        List.of(point(1.5, 1.5), Map.of("v", 1, "w", new BigDecimal("1.5"))),
                        List.of(point(9, 1.5), point(1.5, 9), Map.of("v", 1.5), Map.of("v", 1.5, "w", "1.5"))),
                new Case("prefix", new Term.Affix(V, "ab", false), values("ab", "abc"), values("a", "ba", 1)),
                new Case("suffix", new Term.Affix(V, "ab", true), values("ab", "cab"), values("b", "ba", "abc", 1)),
                new Case(
                        "element",
                        new Term.Element(V, Values.key("a")),
                        values(List.of("b", "a"), new LinkedList<>(List.of("a"))),
                        values("a", List.of("b"), List.of(List.of("a")))),
                new Case("map", new Term.Structure(V, map, false), values(map), values(Map.of("a", 2), List.of(map))),
                new Case(
                        "list",
                        new Term.Structure(V, List.of(1, 2), false),
                        values(List.of(1, 2)),
                        values(List.of(2, 1), 1)),
                new Case(
                        "map in a list",
                        new Term.Structure(V, map, true),
                        values(List.of(map)),
                        values(map, List.of(1))),
                new Case(
                        "within an element",
                        new Term.Inner(V, inner, Values.key(7)),
                        values(List.of(Map.of("k", Map.of("x", 7))), List.of("z", wide(7))),
                        values(List.of(wide(8)), List.of(Map.of("x", 7)), wide(7), List.of(7))),
                new Case("present", new Term.Present(V), values("a", 1, List.of()), List.of(Map.of(), Map.of("w", 1))),
                new Case("type", new Term.OfType(V, ValueType.STRING), values("a"), values(1, List.of("a"))),
                new Case(
                        "null", new Term.OfType(V, ValueType.NULL), List.of(Map.of(), Map.of("w", 1)), values(1, "a")));
    }

    private void add(Term term) {
        table.retain(V);
        table.retain(W);
        index.add(term, () -> {
            postings.add(new One());
            return postings.get(postings.size() - 1);
        });
    }

    private int candidates(Map<String, ?> record) {
        table.fill(record, slots);
        int[] found = new int[1];
        finder.visit(new PostingList.Visitor<>() {
            @Override
            public boolean candidate(Posting<? extends String> query) {
                found[0]++;
                return true;
            }

            @Override
            public void onLowYield(PostingList<? extends String> postingList) {
                throw new AssertionError("all candidates match");
            }
        });
        return found[0];
    }

    @ParameterizedTest
    @MethodSource("cases")
    void visit_ofARecord_findsTheTermIfTheRecordHasIt(Case one) {
        add(one.term);

        assertThat(one.hits).allSatisfy(hit -> assertThat(candidates(hit)).isEqualTo(1));
        assertThat(one.others).allSatisfy(other -> assertThat(candidates(other)).isZero());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void find_ofATerm_isItsListUntilItIsRemoved(Case one) {
        add(one.term);

        assertThat(index.find(one.term)).isNotNull().isSameAs(postings.get(0).postingList());
        assertThat(index.population(one.term)).isEqualTo(1);
        assertThat(index.postings(one.term)).isEqualTo(postings.size());
        assertThat(index.isEmpty()).isFalse();
        boolean isCounted = one.term instanceof Term.Equal || one.term instanceof Term.Element;
        assertThat(index.values(one.term)).isEqualTo(isCounted ? 1 : 0);

        postings.forEach(index::remove);
        assertThat(index.find(one.term)).isNull();
        assertThat(index.population(one.term)).isZero();
        assertThat(index.isEmpty()).isTrue();
        assertThat(candidates(one.hits.get(0))).isZero();
    }

    /* Each kind has a number or a list of its own in the index of the slot. */
    @ParameterizedTest
    @MethodSource("cases")
    void add_besideOneOtherTerm_leavesThatFound(Case one) {
        cases().filter(other -> !other.name.equals(one.name)).forEach(other -> {
            TermKindsTest both = new TermKindsTest();
            both.add(other.term);
            both.add(one.term);
            assertThat(other.hits)
                    .as("%s", other)
                    .allSatisfy(hit -> assertThat(both.candidates(hit)).isPositive());
            assertThat(one.hits)
                    .as("beside %s", other)
                    .allSatisfy(hit -> assertThat(both.candidates(hit)).isPositive());
            both.postings.forEach(both.index::remove);
            assertThat(both.index.isEmpty()).isTrue();
        });
    }

    /* The terms share a slot, so that one must not take the others away. */
    @ParameterizedTest
    @MethodSource("cases")
    void remove_ofAllOtherTerms_leavesTheOne(Case one) {
        List<Term> others = cases().filter(each -> !each.name.equals(one.name))
                .map(Case::term)
                .toList();
        others.forEach(this::add);
        List<One> gone = List.copyOf(postings);
        add(one.term);
        gone.forEach(index::remove);

        assertThat(one.hits).allSatisfy(hit -> assertThat(candidates(hit)).isEqualTo(1));
        assertThat(index.isEmpty()).isFalse();
        postings.subList(gone.size(), postings.size()).forEach(index::remove);
        assertThat(index.isEmpty()).isTrue();
        assertThat(Arrays.asList(index.of(table.slot(V)))).containsOnlyNulls();
    }
}
