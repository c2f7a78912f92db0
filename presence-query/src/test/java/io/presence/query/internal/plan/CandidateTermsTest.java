package io.presence.query.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Attributes;
import io.presence.query.Interpreter;
import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.normal.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a query could be filed under, each record that it matches has. */
class CandidateTermsTest {

    private static final Planner.IndexedTerms EMPTY = new Planner.IndexedTerms() {
        @Override
        public boolean accepts(Term term) {
            return true;
        }

        @Override
        public int population(Term term) {
            return 0;
        }

        @Override
        public int values(Term term) {
            return 0;
        }

        @Override
        public int postings() {
            return 0;
        }
    };

    private final RandomCases cases = new RandomCases(Seed.SEED);
    private final RecordSample<Attributes> sample = new RecordSample<>(record -> record, record -> 100);
    private final Planner<Attributes> planner = new Planner<>(path -> Kind.OBJECT, sample, EMPTY);
    private final List<Attributes> records = Stream.generate(cases::record)
            .limit(150)
            .<Attributes>map(CandidateTermsTest::attributes)
            .toList();
    private int matches;
    private int misses;
    private int exact;
    private int mixed;

    private static Attributes attributes(Map<String, Object> record) {
        return Attributes.of(record);
    }

    @Test
    void plan_anyFilter_isHitByWhateverMatches() {
        records.stream().limit(10).forEach(sample::offer);
        for (int i = 0; i < 1_500; i++) {
            Query.Filter filter = Normalizer.normalize(cases.filter());
            Plan plan = planner.plan(filter);
            records.forEach(record -> assertSound(filter, plan, record));
        }
        assertThat(matches).isGreaterThan(20_000);
        assertThat(misses).isGreaterThan(20_000);
        assertThat(exact).isGreaterThan(5_000);
        assertThat(mixed).isGreaterThan(500);
    }

    /** A term that is omitted, since it cannot be better, would not have been selected. */
    @Test
    void planFirst_fewRecords_choosesAsFromAllThereIs() {
        records.stream().limit(5).forEach(sample::offer);
        int less = 0;
        for (int i = 0; i < 5_000; i++) {
            Query.Filter filter = Normalizer.normalize(cases.filter());
            Plan all = planner.plan(filter);
            Plan first = planner.planFirst(filter);
            assertThat(first.choice()).isEqualTo(all.choice());
            assertThat(first.residual()).isEqualTo(all.residual());
            less += all.considered().size() - first.considered().size();
        }
        assertThat(less).isGreaterThan(100);
    }

    private void assertSound(Query.Filter filter, Plan plan, Attributes record) {
        boolean holds = Interpreter.matches(filter, record);
        for (Plan.Choice choice : plan.considered()) {
            assertSound(filter, choice, record, holds);
        }
        boolean found = plan.choice() == null || isHit(plan.choice(), record);
        boolean isDecided = plan.choice() == null || isExactHit(plan.choice(), record);
        if (isDecided && holds != Interpreter.matches(plan.residual(), record)) {
            throw new AssertionError("residual " + plan.residual() + " of " + filter);
        }
        matches += holds ? 1 : 0;
        misses += found ? 0 : 1;
    }

    private void assertSound(Query.Filter filter, Plan.Choice choice, Attributes record, boolean holds) {
        boolean hit = isHit(choice, record);
        if (holds && !hit) {
            throw new AssertionError(filter + " matches without " + choice.candidates());
        }
        if (isExactHit(choice, record)) {
            exact++;
            mixed += choice.exactTerms() < choice.terms().size() ? 1 : 0;
            if (!Interpreter.matches(choice.conjunct(), record)) {
                throw new AssertionError(choice.conjunct() + " does not hold with " + choice.candidates());
            }
        }
    }

    private static boolean isExactHit(Plan.Choice choice, Attributes record) {
        return choice.terms().stream().limit(choice.exactTerms()).anyMatch(term -> term.hits(term.read(record)));
    }

    private static boolean isHit(Plan.Choice choice, Attributes record) {
        return choice.candidates().terms().stream().anyMatch(term -> term.hits(term.read(record)));
    }
}
