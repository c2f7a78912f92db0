package io.presence.fault;

import io.presence.fixture.Promise;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After any want of memory inside the query index, each record still visits the subscribers whose filter holds. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueryIndexFaultsTest {

    /**
     * Tried: fails if a broken index is not rebuilt, if a removal shrinks the list of subscribers before it marks the
     * registration, and if a table counts an element that it has no room for.
     */
    @Test
    @Promise("query-index-faults")
    void anyOperation_failingAtAnyAllocation_leavesAnIndexThatMatches() {
        FaultRun.run(
                QueryIndexFaults.class,
                "io.presence.query.internal.index.",
                "io.presence.query.internal.plan.",
                "io.presence.query.internal.program.",
                "io.presence.query.internal.hash.");
    }
}
