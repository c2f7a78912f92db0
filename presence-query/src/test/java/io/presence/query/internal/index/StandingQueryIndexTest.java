package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.Attributes;
import io.presence.query.Handle;
import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.fixture.Promise;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.program.AttributeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An index of which a change has failed half-way, here in a reader of the host. */
class StandingQueryIndexTest {

    private static final Query.Filter ZONE = Query.equal("zone", 7);
    private static final Map<String, ?> RECORD = Map.of("zone", 7, "other", 1);

    private boolean fails;
    private final StandingQueryIndex<Map<String, ?>, String> index =
            new StandingQueryIndex<>(this::reader, this::attributes, record -> 0, Seed.SEED);

    private AttributeReader<Map<String, ?>> reader(String attribute) {
        failIfSo();
        return Maps.reader(attribute);
    }

    private Attributes attributes(Map<String, ?> record) {
        failIfSo();
        return Attributes.of(record);
    }

    private void failIfSo() {
        if (fails) {
            throw new OutOfMemoryError("injected");
        }
    }

    private List<String> visited() {
        List<String> visited = new ArrayList<>();
        index.match(null, RECORD, (subscriber, matchedBefore, matchesAfter) -> visited.add(subscriber));
        return visited;
    }

    private void addFailing(Query.Filter filter) {
        fails = true;
        assertThatThrownBy(() -> index.add(filter, "refused")).isInstanceOf(OutOfMemoryError.class);
        fails = false;
    }

    @Test
    @Promise("query-index-faults")
    void add_thatFails_addsNothingAndKeepsTheOthers() {
        index.add(ZONE, "first");
        addFailing(Query.equal("other", 1));
        assertThat(visited()).containsExactly("first");
        assertThat(index.subscribers()).isOne();
        assertThat(index.queries()).isOne();
        index.add(Query.equal("other", 1), "second");
        assertThat(visited()).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void match_withoutMemoryToRebuild_failsAndIsRebuiltLater() {
        index.add(ZONE, "first");
        addFailing(Query.equal("other", 1));
        fails = true;
        assertThatThrownBy(this::visited).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> index.plan(ZONE)).isInstanceOf(OutOfMemoryError.class);
        fails = false;
        assertThat(visited()).containsExactly("first");
    }

    @Test
    void remove_fromABrokenIndex_needsNoRebuild() {
        Handle<String> handle = index.add(ZONE, "first");
        addFailing(Query.equal("other", 1));
        fails = true;
        index.remove(handle);
        fails = false;
        assertThat(visited()).isEmpty();
        assertThat(index.isEmpty()).isTrue();
    }

    @Test
    void add_toAKnownFilterOfABrokenIndex_isVisitedAfterTheRebuild() {
        index.add(ZONE, "first");
        addFailing(Query.equal("other", 1));
        fails = true;
        index.add(ZONE, "second");
        fails = false;
        assertThat(visited()).containsExactlyInAnyOrder("first", "second");
    }

    /* A record that cannot be read any more fails the plan, which leaves no trace: no query need be indexed again. */
    @Test
    void add_whosePlanFails_breaksNothing() {
        index.add(ZONE, "first");
        visited();
        int sampled = index.sampleSize();
        addFailing(Query.and(Query.equal("zone", 8), Query.isNotNull("zone")));
        assertThat(visited()).containsExactly("first");
        assertThat(index.sampleSize()).isEqualTo(sampled + 1);
    }

    @Test
    void counters_ofARebuiltIndex_continue() {
        index.add(ZONE, "first");
        visited();
        long candidates = index.candidates();
        addFailing(Query.equal("other", 1));
        visited();
        assertThat(index.candidates()).isEqualTo(candidates + 1);
        assertThat(index.matches()).isEqualTo(2);
    }

    @Test
    void match_ofBothRecords_isSeenOnceAfterARebuild() {
        index.add(ZONE, "first");
        visited();
        addFailing(Query.equal("other", 1));
        List<String> visits = new ArrayList<>();
        MatchVisitor<String> visitor =
                (subscriber, before, after) -> visits.add(subscriber + " " + before + " " + after);
        index.match(RECORD, RECORD, visitor);
        index.match(RECORD, Map.of(), visitor);
        assertThat(visits).containsExactly("first true true", "first true false");
    }
}
