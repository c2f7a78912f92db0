package io.presence.query.internal.index;

import io.presence.query.internal.posting.Posting;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Moves queries out of postings that yield candidates in vain: what a query was filed under may have been chosen before any
 * record was seen.
 *
 * <p>A posting is looked at again once its misses have cost more than planning its queries again does. If that changes
 * nothing, the next time is {@value #PATIENCE} times later.
 *
 * <p><b>Cost.</b> At most {@value #BUDGET} queries are planned at a time, or as many as cost about what the misses of one
 * match did: the worse it is, the sooner it is over.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <S> the type of subscribers
 */
final class Replanning<S> {
    private static final int BUDGET = 16;
    private static final int PATIENCE = 32_768;
    /* Long enough not to be offered again while it waits. */
    private static final int WAITING = 1 << 20;

    private final Predicate<StandingQuery<S>> refile;
    private Deque<Posting<? extends StandingQuery<S>>> waiting = new ArrayDeque<>();
    private @Nullable Posting<? extends StandingQuery<S>> current;
    private int remaining;
    private boolean moved;

    /**
     * Starts with nothing to do.
     *
     * @param refile files a query anew and tells whether that is elsewhere
     */
    Replanning(Predicate<StandingQuery<S>> refile) {
        this.refile = refile;
    }

    /** Takes a posting to be looked at. */
    void offer(Posting<? extends StandingQuery<S>> posting) {
        posting.forgive(WAITING);
        waiting.add(posting);
    }

    /** Forgets all postings, for there are no more queries. */
    void clear() {
        waiting.forEach(posting -> posting.forgive(0));
        waiting = new ArrayDeque<>();
        current = null;
    }

    boolean isEmpty() {
        return current == null && waiting.isEmpty();
    }

    /**
     * Looks at some of the queries that are due.
     *
     * @param misses how many candidates of the last match were none
     */
    void work(long misses) {
        long budget = Math.max(BUDGET, misses / Posting.CANDIDATES_PER_PLAN);
        for (long i = 0; i < budget && hasWork(); i++) {
            step();
        }
    }

    private boolean hasWork() {
        if (current == null && !waiting.isEmpty()) {
            current = waiting.remove();
            remaining = current.size();
            moved = false;
        }
        return current != null;
    }

    /* From the last to the first: what is filed elsewhere leaves those before it where they are. */
    private void step() {
        Posting<? extends StandingQuery<S>> posting = current;
        if (posting == null) {
            return;
        }
        remaining = Math.min(remaining, posting.size()) - 1;
        if (remaining >= 0) {
            moved |= refile.test(posting.get(remaining).query());
        } else {
            posting.forgive(moved ? 0 : PATIENCE);
            current = null;
        }
    }
}
