package io.presence.internal.delivery;

import io.presence.internal.store.PresenceState;
import io.presence.internal.store.StateSchema;
import io.presence.query.CompiledQuery;

/**
 * The compiled filter of a subscription, for pending changes that are unevaluated.
 *
 * <p><b>Threads.</b> One thread at a time.
 */
final class ChangeEvaluator {

    /* In operations: the compilation of one instruction, and reading the values of one state. */
    private static final int COMPILE_COST = 64;
    private static final int READ_COST = 16;

    private final CompiledQuery<PresenceState> filter;

    private ChangeEvaluator(CompiledQuery<PresenceState> filter) {
        this.filter = filter;
    }

    /** Compiles a filter and spends the cost. */
    static ChangeEvaluator compile(DrainContext drain, FilterBudget budget) {
        CompiledQuery<PresenceState> compiled = CompiledQuery.compile(drain.filter(), StateSchema.READABLE);
        budget.spend((long) COMPILE_COST * compiled.size());
        return new ChangeEvaluator(compiled);
    }

    /** Evaluates a change and spends the cost. */
    void evaluate(PendingChange change, FilterBudget budget) {
        long before = filter.operations();
        change.evaluate(filter);
        budget.spend(filter.operations() - before + READ_COST);
    }
}
