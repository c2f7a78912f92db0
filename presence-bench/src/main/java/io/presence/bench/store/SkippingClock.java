package io.presence.bench.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that can be put forward, so that what takes half a minute takes less. It may stand still otherwise. */
final class SkippingClock implements LongSupplier {
    private final AtomicLong skippedNanos = new AtomicLong();
    private final boolean standsStill;

    SkippingClock(boolean standsStill) {
        this.standsStill = standsStill;
    }

    @Override
    public long getAsLong() {
        long skipped = skippedNanos.get();
        return standsStill ? skipped : System.nanoTime() + skipped;
    }

    void skip(long nanos) {
        skippedNanos.getAndAdd(nanos);
    }
}
