package io.presence.bench.soak;

import io.presence.bench.HeapUse;

/**
 * The band in which the live heap must stay. It is set by the last checkpoint of the warm-up: a tenth of its heap, and
 * 16 MiB, more or less.
 */
final class HeapBand {

    private static final int SHARE = 10;
    private static final long LEAST_BYTES = 16L << 20;

    private final long ballast;
    private final int warmUp;
    private final Findings findings;
    private int measured;
    private long middle;

    HeapBand(long ballast, int warmUp, Findings findings) {
        this.ballast = ballast;
        this.warmUp = warmUp;
        this.findings = findings;
    }

    /** Measures the live heap without the ballast, after collections. */
    long measure() {
        long live = HeapUse.afterCollections() - ballast;
        if (++measured <= warmUp) {
            middle = live;
        }
        long width = middle / SHARE + LEAST_BYTES;
        findings.require(
                Math.abs(live - middle) <= width,
                "live heap must be from " + mib(middle - width) + " to " + mib(middle + width) + " MiB: " + mib(live));
        return live;
    }

    static long mib(long bytes) {
        return bytes >> 20;
    }
}
