package io.presence.query.internal.index;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The code that moves queries out of posting lists whose candidates rarely match. A term can have been selected before
 * the first record, or records can have changed.
 *
 * <p>A posting list is reviewed once its misses have cost as much as new plans for its queries. The first review plans
 * all queries of the list. If none of them moves, each later review plans {@value #PROBES} random ones, and all of them
 * once one moves. {@link PostingList#reviewFailed} sets the time of the next review.
 *
 * <p><b>Cost.</b> At most {@value #BUDGET} queries are planned after a match, or one for each
 * {@value PostingList#CANDIDATES_PER_PLAN} misses of that match. No further query is planned once planning has taken as
 * many operations as there were misses, but at least {@value #MIN_OPERATIONS} and at most {@value #MAX_OPERATIONS}.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <S> the type of subscribers
 */
final class Replanner<S> {

    private static final int BUDGET = 16;

    private static final int PROBES = 4;
    /* As the misses of a match, so that planning takes at most a few times as long as the match, or 2 ms. */
    private static final long MIN_OPERATIONS = 2_048;
    private static final long MAX_OPERATIONS = 65_536;
    /* Long enough that a list in the queue is not added again. */
    private static final int QUEUED_BACKOFF = 1 << 20;

    private final Predicate<StandingQuery<S>> reindex;
    private final LongSupplier operations;
    private final SplittableRandom random;
    private Deque<PostingList<? extends StandingQuery<S>>> queue = new ArrayDeque<>();
    private @Nullable PostingList<? extends StandingQuery<S>> current;
    private int remaining;
    private int probes;
    private boolean moved;

    /**
     * Creates a replanner with an empty queue.
     *
     * @param reindex plans and indexes a query again; returns whether its terms have changed
     * @param operations returns the operations of all plans so far
     * @param seed of the choice of random queries
     */
    Replanner(Predicate<StandingQuery<S>> reindex, LongSupplier operations, long seed) {
        this.reindex = reindex;
        this.operations = operations;
        this.random = new SplittableRandom(seed);
    }

    /** Adds a posting list to the queue. */
    void offer(PostingList<? extends StandingQuery<S>> postingList) {
        queue.add(postingList);
        postingList.resetMisses(QUEUED_BACKOFF);
    }

    /** Clears the queue after the removal of the last query. */
    void clear() {
        queue.forEach(postingList -> postingList.resetMisses(0));
        queue = new ArrayDeque<>();
        current = null;
    }

    boolean isEmpty() {
        return current == null && queue.isEmpty();
    }

    /**
     * Continues with the reviews in the queue.
     *
     * @param misses the number of misses of the last match
     */
    void work(long misses) {
        long budget = Math.max(BUDGET, misses / PostingList.CANDIDATES_PER_PLAN);
        long end = operations.getAsLong() + Math.max(MIN_OPERATIONS, Math.min(MAX_OPERATIONS, misses));
        for (long i = 0; i < budget && hasWork() && operations.getAsLong() < end; i++) {
            step();
        }
    }

    private boolean hasWork() {
        if (current == null && !queue.isEmpty()) {
            start(queue.remove());
        }
        return current != null;
    }

    private void start(PostingList<? extends StandingQuery<S>> postingList) {
        current = postingList;
        remaining = postingList.size();
        probes = postingList.failedReviews() > 0 && remaining > PROBES ? PROBES : 0;
        moved = false;
    }

    private void step() {
        PostingList<? extends StandingQuery<S>> postingList = current;
        if (postingList != null && probes > 0 && !postingList.isEmpty()) {
            probe(postingList);
        } else if (postingList != null) {
            stepThrough(postingList);
        }
    }

    private void probe(PostingList<? extends StandingQuery<S>> postingList) {
        probes--;
        if (reindex(postingList, random.nextInt(postingList.size()))) {
            probes = 0;
            remaining = postingList.size();
        } else if (probes == 0) {
            finish(postingList);
        }
    }

    /* From the last to the first: a query that moves does not change the positions of those before it. */
    private void stepThrough(PostingList<? extends StandingQuery<S>> postingList) {
        remaining = Math.min(remaining, postingList.size()) - 1;
        if (remaining >= 0) {
            reindex(postingList, remaining);
        } else {
            finish(postingList);
        }
    }

    private boolean reindex(PostingList<? extends StandingQuery<S>> postingList, int position) {
        boolean isElsewhere = reindex.test(postingList.get(position).query());
        moved |= isElsewhere;
        return isElsewhere;
    }

    private void finish(PostingList<? extends StandingQuery<S>> postingList) {
        if (moved) {
            postingList.reviewSucceeded();
        } else {
            postingList.reviewFailed();
        }
        current = null;
    }
}
