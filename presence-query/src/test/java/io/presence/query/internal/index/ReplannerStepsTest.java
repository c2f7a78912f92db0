package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Query;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.program.Program;
import io.presence.query.internal.program.SlotTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The reviews of posting lists, step by step: which queries are planned, how many at a time, and when it ends. */
class ReplannerStepsTest {

    private static final int BUDGET = 16;
    private static final int PROBES = 4;

    private final SlotTable<Map<String, ?>> table = new SlotTable<>(Maps::reader);
    private final List<StandingQuery<String>> planned = new ArrayList<>();
    private final Set<StandingQuery<String>> moving = new HashSet<>();
    private long operations;
    private long operationsPerPlan = 1;
    private final Replanner<String> replanner = new Replanner<>(this::reindex, () -> operations, Seed.SEED);

    private boolean reindex(StandingQuery<String> query) {
        planned.add(query);
        operations += operationsPerPlan;
        PostingList<StandingQuery<String>> list = query.postingList();
        boolean isMoving = moving.contains(query) && list != null;
        if (isMoving) {
            list.remove(query);
        }
        return isMoving;
    }

    private List<StandingQuery<String>> fill(PostingList<StandingQuery<String>> list, int count) {
        List<StandingQuery<String>> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Query.Filter filter = Query.equal("x", i);
            table.retain(filter);
            StandingQuery<String> query = new StandingQuery<>(i, filter, Program.compile(filter, table));
            list.add(query);
            added.add(query);
        }
        return added;
    }

    private static PostingList<StandingQuery<String>> list() {
        return new PostingList<>(left -> {});
    }

    private void workToTheEnd() {
        while (!replanner.isEmpty()) {
            replanner.work(0);
        }
    }

    @Test
    void work_onAList_plansEachOfItsQueriesSomeAtATime() {
        PostingList<StandingQuery<String>> list = list();
        List<StandingQuery<String>> queries = fill(list, 20);
        assertThat(replanner.isEmpty()).isTrue();
        replanner.offer(list);
        assertThat(replanner.isEmpty()).isFalse();
        replanner.work(0);
        assertThat(planned).hasSize(BUDGET);
        assertThat(replanner.isEmpty()).isFalse();
        replanner.work(0);

        assertThat(planned).containsExactlyInAnyOrderElementsOf(queries);
        assertThat(replanner.isEmpty()).isTrue();
        assertThat(list.failedReviews()).isEqualTo(1);
    }

    @Test
    void work_afterManyMisses_plansOneQueryForEach32() {
        PostingList<StandingQuery<String>> list = list();
        fill(list, 1_000);
        replanner.offer(list);
        replanner.work(32 * 40);
        assertThat(planned).hasSize(40);
        replanner.work(32 * BUDGET - 1);

        assertThat(planned).hasSize(40 + BUDGET);
    }

    @Test
    void work_onceThePlansHaveTakenTheirOperations_stops() {
        PostingList<StandingQuery<String>> list = list();
        fill(list, 10_000);
        replanner.offer(list);
        operationsPerPlan = 512;
        replanner.work(0);
        assertThat(planned).as("2,048 operations at least").hasSize(4);
        planned.clear();
        replanner.work(5_120);
        assertThat(planned).as("as many operations as misses").hasSize(10);
        planned.clear();
        replanner.work(1L << 40);
        assertThat(planned).as("65,536 operations at most").hasSize(128);
    }

    @Test
    void review_afterAFailedOne_probesFourQueries() {
        PostingList<StandingQuery<String>> list = list();
        fill(list, 10);
        replanner.offer(list);
        workToTheEnd();
        planned.clear();
        replanner.offer(list);
        workToTheEnd();

        assertThat(planned).hasSize(PROBES);
        assertThat(list.failedReviews()).isEqualTo(2);
    }

    @Test
    void review_ofFourQueriesAfterAFailedOne_plansEach() {
        PostingList<StandingQuery<String>> list = list();
        List<StandingQuery<String>> queries = fill(list, PROBES);
        replanner.offer(list);
        workToTheEnd();
        planned.clear();
        replanner.offer(list);
        workToTheEnd();

        assertThat(planned).containsExactlyInAnyOrderElementsOf(queries);
    }

    @Test
    void review_whoseProbeMoves_plansAllTheOthers() {
        PostingList<StandingQuery<String>> list = list();
        List<StandingQuery<String>> queries = fill(list, 30);
        replanner.offer(list);
        workToTheEnd();
        planned.clear();
        moving.addAll(queries);
        replanner.offer(list);
        workToTheEnd();

        assertThat(planned).containsExactlyInAnyOrderElementsOf(queries);
        assertThat(list.isEmpty()).isTrue();
        assertThat(list.failedReviews()).as("a success").isZero();
    }

    /* The first one moves, and the others do not: the review is a success nevertheless. */
    @Test
    void review_ofWhichOneQueryMoves_isASuccess() {
        PostingList<StandingQuery<String>> list = list();
        List<StandingQuery<String>> queries = fill(list, 10);
        moving.add(queries.get(9));
        replanner.offer(list);
        workToTheEnd();

        assertThat(planned).containsExactlyInAnyOrderElementsOf(queries);
        assertThat(list.size()).isEqualTo(9);
        assertThat(list.failedReviews()).isZero();
    }

    @Test
    void work_onListsInTheQueue_takesThemInTheirOrder() {
        PostingList<StandingQuery<String>> first = list();
        PostingList<StandingQuery<String>> second = list();
        List<StandingQuery<String>> queries = new ArrayList<>(fill(first, 3));
        queries.addAll(fill(second, 3));
        replanner.offer(first);
        replanner.offer(second);
        replanner.work(0);

        assertThat(planned).containsExactlyInAnyOrderElementsOf(queries);
        assertThat(planned.subList(0, 3)).containsExactlyInAnyOrderElementsOf(queries.subList(0, 3));
    }

    /* The queries can be removed while the list is in the queue. */
    @Test
    void work_onAListThatIsEmptyByThen_endsItsReview() {
        PostingList<StandingQuery<String>> list = list();
        fill(list, 10);
        replanner.offer(list);
        workToTheEnd();
        planned.clear();
        replanner.offer(list);
        while (!list.isEmpty()) {
            list.remove(list.get(0));
        }
        replanner.work(0);

        assertThat(planned).isEmpty();
        assertThat(replanner.isEmpty()).isTrue();
    }

    @Test
    void offer_ofAList_delaysTheNextOneByItsMisses() {
        PostingList<StandingQuery<String>> list = list();
        fill(list, 1);
        replanner.offer(list);

        assertThat(lowYields(list, 100_000)).as("in the queue").isZero();
        replanner.clear();
        assertThat(replanner.isEmpty()).isTrue();
        assertThat(lowYields(list, 1_000)).as("no longer in the queue").isPositive();
    }

    /* Visits a list in vain, and returns how often it asked for a review. */
    private static int lowYields(PostingList<StandingQuery<String>> list, int visits) {
        int[] asked = new int[1];
        for (int i = 0; i < visits; i++) {
            list.visit(new PostingList.Visitor<>() {
                @Override
                public boolean candidate(Posting<? extends StandingQuery<String>> query) {
                    return false;
                }

                @Override
                public void onLowYield(PostingList<? extends StandingQuery<String>> low) {
                    asked[0]++;
                }
            });
        }
        return asked[0];
    }
}
