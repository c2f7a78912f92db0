package io.presence.internal.delivery;

/**
 * The remaining operations of filters that one thread may spend.
 *
 * <p>An evaluation that has begun is completed, even if that exceeds the budget. So a budget of 1 makes progress.
 *
 * <p><b>Threads.</b> One thread at a time.
 */
public final class FilterBudget {

    private long remaining;

    /** Creates a budget. */
    public FilterBudget(long operations) {
        remaining = operations;
    }

    /** Sets the remaining operations. */
    public void renew(long operations) {
        remaining = operations;
    }

    /** Subtracts spent operations. */
    public void spend(long operations) {
        remaining -= operations;
    }

    /** Returns the remaining operations. They are negative if the budget was exceeded. */
    public long remaining() {
        return remaining;
    }

    /** Returns whether no operation remains. */
    public boolean isSpent() {
        return remaining <= 0;
    }
}
