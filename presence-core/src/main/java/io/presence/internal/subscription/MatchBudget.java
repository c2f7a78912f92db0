package io.presence.internal.subscription;

import io.presence.internal.delivery.FilterBudget;
import java.util.function.LongUnaryOperator;

/**
 * The limits on the operations of filters. A duty cycle has three budgets: for the changes that it matches, for
 * unevaluated changes, and for scans.
 *
 * <p>A change may spend the rest of the budget of the duty cycle. When the budget is spent, the dispatcher enqueues the
 * change and the draining thread evaluates the filter, unless evaluating it is cheaper than enqueueing. An evaluation
 * that has begun is finished, which takes at most one million operations by the limits of queries. An operation takes 2
 * to 6 ns, so no change takes longer than 12 ms, and the filters of a duty cycle take at most 30 ms.
 *
 * <p><b>Threads.</b> Dispatcher only, except {@link #drain}.
 */
final class MatchBudget {

    static final int CHANGES = 1_000_000;
    static final int UNEVALUATED = 500_000;
    static final int SCANS = 500_000;

    /** The operations that a draining thread spends before other tasks of the executor run. */
    private static final int DRAIN = 500_000;

    private final LongUnaryOperator scale;
    private final FilterBudget changes = new FilterBudget(0);
    private final FilterBudget unevaluated = new FilterBudget(0);
    private final FilterBudget scans = new FilterBudget(0);

    /**
     * Creates the budgets.
     *
     * @param scale returns the operations to use in place of one of the constants
     */
    MatchBudget(LongUnaryOperator scale) {
        this.scale = scale;
    }

    /** Begins a duty cycle. Unevaluated changes and scans make progress in each. */
    void startCycle() {
        changes.renew(scale.applyAsLong(CHANGES));
        unevaluated.renew(Math.max(1, scale.applyAsLong(UNEVALUATED)));
        scans.renew(Math.max(1, scale.applyAsLong(SCANS)));
    }

    /** Returns the operations that the next change may spend. */
    long remainingForChange() {
        return Math.max(0, changes.remaining());
    }

    /** Subtracts the operations that a change has spent. */
    void spend(long operations) {
        changes.spend(operations);
    }

    /** Returns the budget of the dispatcher for unevaluated changes. */
    FilterBudget unevaluated() {
        return unevaluated;
    }

    /** Returns the budget for scans. */
    FilterBudget scans() {
        return scans;
    }

    /** Creates the budget of one slice of a draining thread other than the dispatcher. */
    FilterBudget drain() {
        return new FilterBudget(Math.max(1, scale.applyAsLong(DRAIN)));
    }
}
