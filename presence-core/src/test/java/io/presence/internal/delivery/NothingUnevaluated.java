package io.presence.internal.delivery;

import io.presence.query.Query;

/** The drain of a mailbox in which nothing is unevaluated. */
enum NothingUnevaluated implements DrainContext {
    INSTANCE;

    @Override
    public void filterEvaluated(long operations) {}

    @Override
    public void allEvaluated() {}

    @Override
    public Query.Filter filter() {
        throw new AssertionError("filter must not be asked for");
    }

    @Override
    public FilterBudget budget() {
        throw new AssertionError("allowance must not be asked for");
    }
}
