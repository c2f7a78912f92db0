package io.presence.internal.delivery;

/**
 * How many operations of queries may still be spent.
 *
 * <p>An evaluation that was begun is finished, so that whoever has an operation left makes progress.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
public final class FilterBudget {

    private long left;

    /** Makes one of some operations. */
    public FilterBudget(long operations) {
        left = operations;
    }

    /** Starts anew. */
    public void renew(long operations) {
        left = operations;
    }

    /** Takes off what was spent. */
    public void spend(long operations) {
        left -= operations;
    }

    /** Returns how many are left, negative if more were spent. */
    public long remaining() {
        return left;
    }

    /** Tells whether nothing is left. */
    public boolean isSpent() {
        return left <= 0;
    }
}
