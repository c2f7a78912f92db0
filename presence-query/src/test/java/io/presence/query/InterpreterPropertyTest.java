package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The laws that hold between methods, for any record. */
@Domain(DomainContext.Global.class)
@Domain(RecordValues.class)
class InterpreterPropertyTest {

    private static final AttributePath A = AttributePath.of("a");

    @Property(tries = 4000)
    void negation_methodNegationAndIsNull_divideAllRecords(
            @ForAll("negated") Method negated, @ForAll @From("operands") List<Object> values, @ForAll Object value) {
        List<Object> operands = values.subList(0, Math.max(1, negated.minValues()));

        long holding = Stream.of(
                        new Query.Comparison(negated.positive(), A, operands),
                        new Query.Comparison(negated, A, operands),
                        Query.isNull("a"))
                .filter(filter -> matches(filter, value))
                .count();

        assertThat(holding).isEqualTo(1);
    }

    @Property
    void negation_existsAndNotExists_divideAllRecords(@ForAll Object a, @ForAll Object b) {
        Attributes record = path -> path.equals(A) ? a : b;

        assertThat(Interpreter.matches(Query.exists("a", "b"), record))
                .isEqualTo(!Interpreter.matches(Query.notExists("a", "b"), record))
                .isEqualTo(a != null || b != null);
        assertThat(matches(Query.isNotNull("a"), a))
                .isEqualTo(!matches(Query.isNull("a"), a))
                .isEqualTo(a != null);
    }

    @Property(tries = 2000)
    void equal_manyValues_isTheOrOfEach(@ForAll @From("operands") List<Object> values, @ForAll Object value) {
        Query each = Query.or(values.stream()
                .map(operand -> comparison(Method.EQUAL, operand))
                .toList());

        assertThat(matches(new Query.Comparison(Method.EQUAL, A, values), value))
                .isEqualTo(matches(each, value));
    }

    @Property(tries = 2000)
    void contains_manyValues_areTheOrOrTheAndOfEach(
            @ForAll @From("operands") List<Object> values, @ForAll Object value) {
        List<Query> each = values.stream()
                .map(operand -> comparison(Method.CONTAINS, operand))
                .toList();
        boolean any = matches(Query.or(each), value);

        assertThat(matches(new Query.Comparison(Method.CONTAINS, A, values), value))
                .isEqualTo(any);
        assertThat(matches(new Query.Comparison(Method.CONTAINS_ANY, A, values), value))
                .isEqualTo(any);
        assertThat(matches(new Query.Comparison(Method.CONTAINS_ALL, A, values), value))
                .isEqualTo(matches(Query.and(each), value));
    }

    @Property(tries = 2000)
    void between_ofAnyBounds_isTheAndOfBoth(@ForAll @From("operands") List<Object> values, @ForAll Object value) {
        Query low = comparison(Method.GREATER_THAN_EQUAL, values.get(0));
        Query high = comparison(Method.LESS_THAN_EQUAL, values.get(1));

        assertThat(matches(new Query.Comparison(Method.BETWEEN, A, values.subList(0, 2)), value))
                .isEqualTo(matches(Query.and(low, high), value));
    }

    @Property(tries = 2000)
    void order_lessEqualAndGreater_excludeEachOther(
            @ForAll @From("operands") List<Object> values, @ForAll Object value) {
        Object operand = values.get(0);
        boolean less = matches(comparison(Method.LESS_THAN, operand), value);
        boolean equal = matches(comparison(Method.EQUAL, operand), value);
        boolean greater = matches(comparison(Method.GREATER_THAN, operand), value);
        boolean ordered = Values.compare(value, operand).isPresent();

        assertThat(Stream.of(less, equal, greater).filter(holds -> holds).count())
                .isEqualTo(ordered || equal ? 1 : 0);
        assertThat(matches(comparison(Method.LESS_THAN_EQUAL, operand), value)).isEqualTo(ordered && !greater);
        assertThat(matches(comparison(Method.GREATER_THAN_EQUAL, operand), value))
                .isEqualTo(ordered && !less);
    }

    @Property(tries = 2000)
    void andOr_ofAnyFilters_haveTheLawsOfLogic(
            @ForAll("filters") Query p, @ForAll("filters") Query q, @ForAll("filters") Query r, @ForAll Object value) {
        boolean hasP = matches(p, value);
        boolean hasQ = matches(q, value);

        assertThat(matches(Query.and(p, q), value)).isEqualTo(hasP && hasQ).isEqualTo(matches(Query.and(q, p), value));
        assertThat(matches(Query.or(p, q), value)).isEqualTo(hasP || hasQ).isEqualTo(matches(Query.or(q, p), value));
        assertThat(matches(Query.and(p), value))
                .isEqualTo(matches(Query.or(p), value))
                .isEqualTo(hasP);
        assertThat(matches(Query.and(p, Query.or(q, r)), value))
                .isEqualTo(matches(Query.or(Query.and(p, q), Query.and(p, r)), value));
        assertThat(matches(Query.and(p, q, r), value)).isEqualTo(matches(Query.and(Query.and(p, q), r), value));
    }

    @Provide
    Arbitrary<Method> negated() {
        return Arbitraries.of(Method.class)
                .filter(method -> method.isNegated() && method.kind() == Method.Kind.COMPARISON);
    }

    @Provide
    Arbitrary<List<Object>> operands() {
        return RecordValues.operands().list().ofMinSize(2).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Query> filters() {
        Arbitrary<Query> comparisons = Arbitraries.of(Method.EQUAL, Method.NOT_EQUAL, Method.LESS_THAN, Method.CONTAINS)
                .flatMap(method -> RecordValues.operands().map(operand -> comparison(method, operand)));
        return Arbitraries.oneOf(comparisons, Arbitraries.of(Query.isNull("a"), Query.isNotNull("a")));
    }

    private static Query comparison(Method method, Object operand) {
        return new Query.Comparison(method, A, Arrays.asList(operand));
    }

    private static boolean matches(Query filter, Object value) {
        return Interpreter.matches(filter, Attributes.of(Collections.singletonMap("a", value)));
    }
}
