package io.presence.internal.delivery;

import io.presence.query.Query;

/**
 * What a mailbox needs to decide changes that were left in it open.
 *
 * <p><b>Threads.</b> By the draining thread.
 */
interface DrainContext {

    /** Returns what a state must be to be seen, beside readable and on the channel. */
    Query.Filter filter();

    /** Returns what may be spent by the calling thread. */
    FilterBudget allowance();

    /** Counts the operations of filters that were spent on changes that were left open. */
    void filterEvaluated(long operations);

    /** Notes that none of the changes that were left open is pending any more. */
    void evaluatedAll();
}
