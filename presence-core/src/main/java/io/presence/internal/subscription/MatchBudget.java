package io.presence.internal.subscription;

import io.presence.internal.delivery.FilterBudget;
import java.util.function.LongUnaryOperator;

/**
 * How many operations of queries are spent at a time. A round has three budgets: for the steps that it matches, for
 * what was left open in others, and for walks.
 *
 * <p>A step may spend what the steps before it in the round have left. When that is nothing, what costs more to
 * evaluate than to hand over is handed over at once. An evaluation that was begun is finished: by the limits of queries
 * that is a million operations at most. One takes 2 to 6 ns, so that no step takes longer than 12 ms, and the queries
 * of a round 30 ms.
 *
 * <p><b>Threads.</b> Dispatcher only, except {@link #drain}.
 */
final class MatchBudget {

    static final int STEPS = 1_000_000;
    static final int OPEN = 500_000;
    static final int WALKS = 500_000;

    /** What an executor's thread spends before others on that executor have their turn. */
    private static final int DRAIN = 500_000;

    private final LongUnaryOperator scale;
    private final FilterBudget steps = new FilterBudget(0);
    private final FilterBudget open = new FilterBudget(0);
    private final FilterBudget walks = new FilterBudget(0);

    /**
     * Makes a budget.
     *
     * @param scale says of how many operations, for one of the numbers above
     */
    MatchBudget(LongUnaryOperator scale) {
        this.scale = scale;
    }

    /** Starts a round. Whoever takes up what was left open, or walks, gets something done in each. */
    void startRound() {
        steps.renew(scale.applyAsLong(STEPS));
        open.renew(Math.max(1, scale.applyAsLong(OPEN)));
        walks.renew(Math.max(1, scale.applyAsLong(WALKS)));
    }

    /** Returns what the next step may spend. */
    long step() {
        return Math.max(0, steps.remaining());
    }

    /** Takes off what a step has spent. */
    void spend(long operations) {
        steps.spend(operations);
    }

    /** What the dispatcher may spend on changes that were left open. */
    FilterBudget open() {
        return open;
    }

    /** What may be spent on walks. */
    FilterBudget scans() {
        return walks;
    }

    /** Makes what a thread that is not the dispatcher may spend at a time. */
    FilterBudget drain() {
        return new FilterBudget(Math.max(1, scale.applyAsLong(DRAIN)));
    }
}
