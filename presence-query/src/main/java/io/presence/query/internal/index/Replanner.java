package io.presence.query.internal.index;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Moves queries out of postings whose candidates rarely match: the condition that a query is filed under may have been chosen
 * before any record was seen, or records may have changed since.
 *
 * <p>A posting is looked at once its misses have cost as much as planning its queries again. The first look plans all of its
 * queries. If none of them moves, each later look plans {@value #PROBES} of them, chosen at random, and all of them as soon
 * as one moves; {@link PostingList#lookedInVain} says when that is.
 *
 * <p><b>Cost.</b> After a match, at most {@value #BUDGET} queries are planned, or one for each
 * {@value PostingList#CANDIDATES_PER_PLAN} misses of that match. No further query is planned once planning has taken
 * {@value #MAX_OPERATIONS} operations.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <S> the type of subscribers
 */
final class Replanner<S> {
    private static final int BUDGET = 16;

    private static final int PROBES = 4;
    private static final long MAX_OPERATIONS = 65_536;
    /* Long enough not to be offered again while it waits. */
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
     * Starts with nothing to do.
     *
     * @param refile files a query anew and returns whether that is elsewhere
     * @param operations returns the operations that planning has taken so far
     * @param seed of the choice of probes
     */
    Replanner(Predicate<StandingQuery<S>> reindex, LongSupplier operations, long seed) {
        this.reindex = reindex;
        this.operations = operations;
        this.random = new SplittableRandom(seed);
    }

    /** Takes a posting to be looked at. */
    void offer(PostingList<? extends StandingQuery<S>> postingList) {
        postingList.resetMisses(QUEUED_BACKOFF);
        queue.add(postingList);
    }

    /** Forgets all postings, for there are no more queries. */
    void clear() {
        queue.forEach(postingList -> postingList.resetMisses(0));
        queue = new ArrayDeque<>();
        current = null;
    }

    boolean isEmpty() {
        return current == null && queue.isEmpty();
    }

    /**
     * Looks at some of the queries that are due.
     *
     * @param misses how many candidates of the last match were none
     */
    void work(long misses) {
        long budget = Math.max(BUDGET, misses / PostingList.CANDIDATES_PER_PLAN);
        long end = operations.getAsLong() + MAX_OPERATIONS;
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

    /* From the last to the first: what is filed elsewhere leaves those before it where they are. */
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
