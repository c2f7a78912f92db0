package io.presence.internal.delivery;

import io.presence.query.Query;

/** The drain of a mailbox in which nothing is open. */
enum Decided implements Drain {
    INSTANCE;

    @Override
    public void spent(long operations) {}

    @Override
    public void decidedAll() {}

    @Override
    public Query.Filter filter() {
        throw new AssertionError("filter must not be asked for");
    }

    @Override
    public Allowance allowance() {
        throw new AssertionError("allowance must not be asked for");
    }
}
