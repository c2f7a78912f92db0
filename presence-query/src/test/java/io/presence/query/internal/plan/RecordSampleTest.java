package io.presence.query.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.fixture.Promise;
import io.presence.query.fixture.Seed;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecordSampleTest {

    private static final long MOST = 8 << 20;

    private final RecordSample<Long> sample = new RecordSample<>(number -> path -> number, number -> 16);

    private static CandidateTerms is(long... numbers) {
        List<Term> terms = Arrays.stream(numbers)
                .<Term>mapToObj(number -> new Term.Equal(AttributePath.of("n"), number))
                .toList();
        return new CandidateTerms(terms, true);
    }

    @Test
    void share_withoutRecords_isThePrior() {
        assertThat(sample.share(is(1), RecordSample.SIZE, 0))
                .isEqualTo(is(1).terms().get(0).prior());
        assertThat(sample.share(is(1, 2, 3), RecordSample.SIZE, 0))
                .isEqualTo(3 * is(1).terms().get(0).prior());
        assertThat(sample.share(new CandidateTerms(List.of(), true), RecordSample.SIZE, 0))
                .isZero();
    }

    @Test
    void share_withoutRecords_isTheShareOfTheQueries() {
        assertThat(sample.share(is(1), RecordSample.SIZE, 0.7)).isEqualTo(0.7);
        for (int i = 0; i < RecordSample.SIZE; i++) {
            sample.offer(2L);
        }
        assertThat(sample.share(is(1), RecordSample.SIZE, 0.7)).isBetween(0.01, 0.03);
    }

    /* The key of a number of a thousand digits, and a long text, take as long as many other values. */
    @Test
    void share_ofLargeValues_countsTheirSize() {
        BigInteger number = BigInteger.TEN.pow(1_000).add(BigInteger.ONE);
        String text = "a".repeat(8_000);
        Map<String, ?> record = Map.of(
                "number",
                number,
                "numbers",
                List.of(number, number),
                "maps",
                List.of(Map.of("n", number)),
                "text",
                text);
        Term.Within numbers = new Term.Within(path("number"), range(Range.Domain.NUMBER, Bound.LOWEST));
        Term.Within texts = new Term.Within(path("text"), range(Range.Domain.TEXT, Bound.ofText(text + "b")));
        int bits = number.bitLength() / 8;
        assertOperations(record, new Term.Equal(path("number"), 1L), 1 + bits);
        assertOperations(record, new Term.Element(path("numbers"), 1L), 1 + 2 * (1 + bits));
        assertOperations(record, new Term.Inner(path("maps"), path("n"), 1L), 2 + bits);
        assertOperations(record, numbers, 1 + bits);
        assertOperations(
                record, new Term.InBox(path("number"), numbers.range(), path("text"), numbers.range()), 2 + bits);
        assertOperations(record, texts, 1 + 1_000);
        assertOperations(record, new Term.Affix(path("text"), text + "b", true), 1 + 1_000);
    }

    private static AttributePath path(String name) {
        return AttributePath.of(name);
    }

    private static Range range(Range.Domain domain, Bound low) {
        return new Range(domain, low, Bound.HIGHEST);
    }

    private static void assertOperations(Map<String, ?> record, Term term, long operations) {
        RecordSample<Map<String, ?>> sample = new RecordSample<>(Attributes::of, any -> 16);
        sample.offer(record);
        sample.share(new CandidateTerms(List.of(term), true), RecordSample.SIZE, 0);
        assertThat(sample.operations()).as("%s", term).isEqualTo(operations);
    }

    @Test
    void share_withRecords_isHowManyHaveAnyTerm() {
        for (long i = 0; i < 40; i++) {
            sample.offer(i % 4);
        }

        assertThat(sample.share(is(1), RecordSample.SIZE, 0)).isBetween(0.23, 0.25);
        assertThat(sample.share(is(1, 2, 9), RecordSample.SIZE, 0)).isBetween(0.46, 0.5);
        assertThat(sample.share(is(9), RecordSample.SIZE, 0)).isBetween(0.0, 0.001);
        assertThat(sample.share(is(0, 1, 2, 3), RecordSample.SIZE, 0)).isBetween(0.95, 1.0);
    }

    @Test
    void offer_whenFull_replacesOneInSixteenFromTheOldestOn() {
        for (int i = 0; i < RecordSample.SIZE; i++) {
            sample.offer(0L);
        }
        for (int i = 1; i <= 16 * RecordSample.SIZE; i++) {
            sample.offer(1L);
            assertThat(sample.size()).isEqualTo(RecordSample.SIZE);
            assertThat(hits(1)).isEqualTo(i / 16);
        }
        assertThat(hits(0)).isZero();
    }

    /** The number of records of a full sample that have it, by its share and the prior, which counts as two records. */
    private long hits(long number) {
        return Math.round(sample.share(is(number), RecordSample.SIZE, 0) * (RecordSample.SIZE + 2) - 0.002);
    }

    @Test
    void offer_heavyRecords_keepsTheNewestThatFit() {
        RecordSample<Long> weighed = new RecordSample<>(number -> path -> number, number -> 1L << 20);
        for (long i = 0; i < 1_000; i++) {
            weighed.offer(i);
            assertThat(weighed.bytes()).isEqualTo(weighed.size() * (1L << 20)).isLessThanOrEqualTo(MOST);
        }
        assertThat(weighed.size()).isEqualTo(8);
        assertThat(weighed.share(is(LongStream.range(1_000 - 9 * 16, 1_000).toArray()), RecordSample.SIZE, 0))
                .as("all of them are recent")
                .isGreaterThan(0.79);
    }

    /** The weights are those of the records that are kept, in whatever order heavy and light ones come. */
    @Test
    @Promise("sample-size")
    void offer_anyWeights_areBoundedAndAddedUp() {
        SplittableRandom random = Seed.random();
        Map<Long, Long> weights = new HashMap<>();
        RecordSample<Long> weighed = new RecordSample<>(number -> path -> number, weights::get);
        for (long i = 0; i < 20_000; i++) {
            weights.put(i, random.nextInt(50) == 0 ? random.nextLong(2 * MOST) : random.nextLong(200_000));
            weighed.offer(i);
            assertThat(weighed.bytes()).isBetween(0L, MOST);
        }
        for (long i = 20_000; i < 40_000; i++) {
            weights.put(i, 1_000L);
            weighed.offer(i);
        }
        assertThat(weighed.size()).as("what was heavy has gone").isEqualTo(RecordSample.SIZE);
        assertThat(weighed.bytes()).isEqualTo(RecordSample.SIZE * 1_000L);
    }

    @Test
    void share_ofManyTerms_isJudgedByFewerRecords() {
        LongAdder asked = new LongAdder();
        RecordSample<Long> counted = new RecordSample<>(
                number -> path -> {
                    asked.increment();
                    return number;
                },
                number -> 16);
        for (long i = 0; i < RecordSample.SIZE; i++) {
            counted.offer(i % 2);
        }
        CandidateTerms many = is(LongStream.range(2, 502).toArray());

        assertThat(counted.share(many, RecordSample.SIZE, 0)).isLessThan(0.2);
        assertThat(asked.sum()).isLessThanOrEqualTo(4_096);
    }

    @Test
    void isBetterThan_ofTwoTerms_prefersRarerThenLessPopulatedThenCurrent() {
        assertThat(choice(0.1, 9, false).isBetterThan(choice(0.2, 0, false))).isTrue();
        assertThat(choice(0.2, 0, false).isBetterThan(choice(0.1, 9, false))).isFalse();
        assertThat(choice(0.1, 0, false).isBetterThan(choice(0.1, 1, false))).isTrue();
        assertThat(choice(0.1, 1, false).isBetterThan(choice(0.1, 1, false))).isFalse();
        assertThat(choice(0.1, 0, false).isBetterThan(choice(0.1, 500, true))).isFalse();
        assertThat(choice(0.06, 0, false).isBetterThan(choice(0.1, 500, true))).isFalse();
        assertThat(choice(0.04, 500, false).isBetterThan(choice(0.1, 1, true))).isTrue();
        assertThat(choice(0.9, 1, false).isBetterThan(null)).isTrue();
    }

    private static Plan.Choice choice(double share, int population, boolean isCurrent) {
        return new Plan.Choice(is(1), null, share, population, isCurrent);
    }

    @Test
    void hits_ofATerm_readsTheValueAtItsPath() {
        Attributes record = path -> path.toString();
        RecordSample<Attributes> paths = new RecordSample<>(shown -> shown, shown -> 100);
        paths.offer(record);

        assertThat(paths.share(
                        new CandidateTerms(List.of(new Term.Affix(AttributePath.of("a", "b"), "a.b", false)), true),
                        RecordSample.SIZE,
                        0))
                .isGreaterThan(1.0 / 3);
    }
}
