package io.presence.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.QueryLimits;
import org.junit.jupiter.api.Test;

/** Whatever legal query and record the search finds, evaluating the one on the other is bounded. */
class HostileSearchTest {
    @Test
    void worst_byOperations_isWithinTheLimitAndNotFarBelow() {
        HostileSearch search = new HostileSearch(20_261_129, HostileCase.Legal::operations);

        HostileSearch.Found worst = search.worst(12, 40);

        assertThat(worst.cost()).as("operations of %s", worst.genome()).isLessThanOrEqualTo(limit());
        assertThat(worst.cost()).as("operations of %s", worst.genome()).isGreaterThan(limit() / 20);
    }

    private static long limit() {
        return QueryLimits.DEFAULT.operations();
    }
}
