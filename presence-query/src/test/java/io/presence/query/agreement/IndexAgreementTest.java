package io.presence.query.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Attributes;
import io.presence.query.Handle;
import io.presence.query.Interpreter;
import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.StandingQueries;
import io.presence.query.fixture.Promise;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** For each change, exactly the standing queries match that the interpreter finds to match before or after it. */
class IndexAgreementTest {

    private static final int STANDING = 400;
    private static final int CHANGES = Seed.share(1_500);
    private static final long SEED = Long.getLong("agreement.seed", 20_261_124L);

    private final RandomCases cases = new RandomCases(SEED);
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final StandingQueries<Map<String, ?>, Subscriber> queries = new StandingQueries<>(RecordSchema.maps());
    private final List<Subscriber> subscribers = new ArrayList<>();
    private int nextId;

    private static final class Subscriber {
        private final int id;
        private final Query.Filter filter;
        private Handle<Subscriber> handle;

        private Subscriber(int id, Query.Filter filter) {
            this.id = id;
            this.filter = filter;
        }
    }

    /** Two evaluations for each pair: a million and more, while a tenth of the queries come and go. */
    @Test
    @Promise("engines-agree")
    void match_aMillionPairs_agreesWithTheInterpreter() {
        while (subscribers.size() < STANDING) {
            add();
        }
        Map<String, Object> before = null;
        int results = 0;
        for (int i = 0; i < CHANGES; i++) {
            Map<String, Object> after = random.nextInt(8) == 0 ? null : cases.record();
            results += agree(before, after);
            before = random.nextInt(4) == 0 ? null : after;
            replaceOne();
        }

        assertThat(results).isGreaterThan(STANDING * CHANGES / 10);
    }

    /**
     * With any budget, each decided query has the result of the interpreter, and each query that matches is visited
     * once.
     */
    @Test
    void match_withABudget_decidesRightlyOrHandsOver() {
        while (subscribers.size() < STANDING) {
            add();
        }
        int decided = 0;
        int handedOver = 0;
        Map<String, Object> before = null;
        for (int i = 0; i < CHANGES; i++) {
            Map<String, Object> after = random.nextInt(8) == 0 ? null : cases.record();
            Bounded visitor = new Bounded();
            long operations = random.nextInt(3) == 0 ? 0 : random.nextInt(2_000);
            queries.match(before, after, operations, visitor);
            for (Subscriber subscriber : subscribers) {
                visitor.check(subscriber, before, after);
            }
            decided += visitor.results.size() - visitor.undecided;
            handedOver += visitor.undecided;
            before = random.nextInt(4) == 0 ? null : after;
            replaceOne();
        }
        agree(before, cases.record());

        assertThat(decided).isGreaterThan(STANDING * CHANGES / 60);
        assertThat(handedOver).isGreaterThan(STANDING * CHANGES / 60);
    }

    private static final class Bounded implements MatchVisitor.Bounded<Subscriber> {
        private static final String UNDECIDED = "undecided";

        private final Map<Integer, String> results = new TreeMap<>();
        private int undecided;

        @Override
        public void matched(Subscriber subscriber, boolean before, boolean after) {
            assertThat(results.put(subscriber.id, before + " " + after)).isNull();
        }

        @Override
        public void undecided(Subscriber subscriber) {
            undecided++;
            assertThat(results.put(subscriber.id, UNDECIDED)).isNull();
        }

        void check(Subscriber subscriber, Map<String, Object> before, Map<String, Object> after) {
            String said = results.get(subscriber.id);
            String right = matches(subscriber, before) + " " + matches(subscriber, after);
            if (said == null) {
                assertThat(right).as("%s", subscriber.filter).isEqualTo("false false");
            } else if (!said.equals(UNDECIDED)) {
                assertThat(said).as("%s", subscriber.filter).isEqualTo(right);
            }
        }
    }

    @Test
    void remove_everything_leavesNoQueries() {
        while (subscribers.size() < STANDING) {
            add();
        }
        subscribers.forEach(subscriber -> queries.remove(subscriber.handle));
        subscribers.clear();

        assertThat(agree(null, cases.record())).isZero();
        assertThat(queries.stats().queries()).isZero();
        assertThat(queries.stats().scanned()).isZero();
    }

    private int agree(Map<String, Object> before, Map<String, Object> after) {
        Map<Integer, String> expected = new TreeMap<>();
        for (Subscriber subscriber : subscribers) {
            boolean matchedBefore = matches(subscriber, before);
            boolean matchesAfter = matches(subscriber, after);
            if (matchedBefore || matchesAfter) {
                expected.put(subscriber.id, matchedBefore + " " + matchesAfter);
            }
        }
        Map<Integer, String> actual = new TreeMap<>();
        queries.match(before, after, (subscriber, matchedBefore, matchesAfter) -> {
            assertThat(actual.put(subscriber.id, matchedBefore + " " + matchesAfter))
                    .isNull();
        });
        if (!actual.equals(expected)) {
            fail(before, after, expected, actual);
        }
        return expected.size();
    }

    private void fail(
            Map<String, Object> before,
            Map<String, Object> after,
            Map<Integer, String> expected,
            Map<Integer, String> actual) {
        for (Subscriber subscriber : subscribers) {
            String wanted = expected.get(subscriber.id);
            String got = actual.get(subscriber.id);
            if (wanted == null ? got != null : !wanted.equals(got)) {
                throw new AssertionError("seed " + SEED + ": expected " + wanted + " but got " + got + " for "
                        + subscriber.filter + " from " + before + " to " + after);
            }
        }
    }

    private static boolean matches(Subscriber subscriber, Map<String, Object> record) {
        return record != null && Interpreter.matches(subscriber.filter, Attributes.of(record));
    }

    private void add() {
        Subscriber subscriber = new Subscriber(nextId++, cases.filter());
        subscriber.handle = queries.add(subscriber.filter, subscriber);
        subscribers.add(subscriber);
    }

    private void replaceOne() {
        Subscriber gone = subscribers.remove(random.nextInt(subscribers.size()));
        queries.remove(gone.handle);
        queries.remove(gone.handle);
        add();
    }
}
