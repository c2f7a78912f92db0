package io.presence.bench.expiry;

import java.util.function.LongSupplier;

/** A clock that is moved by hand. For one thread. */
final class HandClock implements LongSupplier {
    private long nanos;

    @Override
    public long getAsLong() {
        return nanos;
    }

    void add(long more) {
        nanos += more;
    }
}
