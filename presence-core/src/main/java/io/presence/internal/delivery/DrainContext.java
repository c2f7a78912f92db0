package io.presence.internal.delivery;

import io.presence.query.Query;

/**
 * The filter of a subscription and the budget for it, with which a mailbox evaluates pending changes.
 *
 * <p><b>Threads.</b> Called by the draining thread.
 */
interface DrainContext {

    /** Returns the filter that a readable state on the channel must match to be visible. */
    Query.Filter filter();

    /** Returns the budget of the calling thread. */
    FilterBudget budget();

    /** Called when unevaluated changes were evaluated, with the operations that were spent. */
    void filterEvaluated(long operations);

    /** Called when no unevaluated change is pending any more. */
    void allEvaluated();
}
