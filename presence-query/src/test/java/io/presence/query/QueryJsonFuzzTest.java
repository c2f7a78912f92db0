package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Promise;
import org.junit.jupiter.api.Test;

/**
 * As long as {@code -Dfuzz.iterations} says. {@code -Dfuzz.seed} is the first seed: that of a failure, to see it again.
 */
class QueryJsonFuzzTest {

    private static final long ITERATIONS = Long.getLong("fuzz.iterations", 5000);
    private static final long SEED = Long.getLong("fuzz.seed", 0);

    /** Texts that are all refused, or all accepted, would test only half. */
    @Test
    @Promise("query-round-trip")
    void parse_anyText_isReadOrRefused() {
        QueryJsonFuzz.Outcome outcome = QueryJsonFuzz.run(SEED, ITERATIONS);

        assertThat(outcome.accepted()).isGreaterThanOrEqualTo(ITERATIONS / 10);
        assertThat(outcome.refused()).isGreaterThanOrEqualTo(ITERATIONS / 10);
    }
}
