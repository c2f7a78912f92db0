package io.presence.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.QueryLimits;
import org.junit.jupiter.api.Test;

/** The cost of an evaluation is bounded for every legal query and record that the search finds. */
class HostileSearchTest {

    @Test
    void worst_byOperations_isJustBelowTheLimit() {
        HostileSearch search = new HostileSearch(20_261_129, HostileCase.Legal::operations);

        HostileSearch.Found worst = search.worst(12, 40);

        assertThat(worst.cost()).as("operations of %s", worst.genome()).isLessThanOrEqualTo(limit());
        assertThat(worst.cost()).as("operations of %s", worst.genome()).isGreaterThan(limit() / 20);
    }

    private static long limit() {
        return QueryLimits.DEFAULT.operations();
    }
}
