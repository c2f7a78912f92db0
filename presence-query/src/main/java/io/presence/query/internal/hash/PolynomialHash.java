package io.presence.query.internal.hash;

/**
 * A hash of sequences of numbers: their polynomial modulo the prime 2<sup>61</sup>-1, at a point that a seed
 * determines.
 *
 * <p>Two different polynomials of n coefficients agree at no more than n points, so two given sequences collide for one
 * seed in 2<sup>61</sup>/n (Carter and Wegman, Universal Classes of Hash Functions, 1979). This does not hold modulo a
 * power of two, where some texts have polynomials that agree at every point.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class PolynomialHash {

    private static final int PRIME_BITS = 61;
    private static final long PRIME = (1L << PRIME_BITS) - 1;
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

    private final long point;
    private final long salt;

    /**
     * Creates the hash of one seed.
     *
     * @param seed secret and random, if untrusted callers choose the sequences
     */
    public PolynomialHash(long seed) {
        point = 1 + (mix(seed) >>> 3) % (PRIME - 1);
        salt = mix(seed + GOLDEN_RATIO);
    }

    /**
     * Returns the sum with one more coefficient.
     *
     * @param sum the sum of the coefficients so far; 0 for none
     * @param coefficient 0 to 2<sup>60</sup>
     */
    public long step(long sum, long coefficient) {
        long next = timesPoint(sum) + coefficient;
        return next >= PRIME ? next - PRIME : next;
    }

    /**
     * Returns the product modulo the prime, or the prime itself for zero. The prime is 2<sup>61</sup> - 1, so
     * 2<sup>61</sup> is 1 modulo it, and the upper and lower 61 bits are added.
     */
    private long timesPoint(long factor) {
        long high = Math.multiplyHigh(factor, point);
        long low = factor * point;
        long halves = (low & PRIME) + (low >>> PRIME_BITS | high << (Long.SIZE - PRIME_BITS));
        return halves >= PRIME ? halves - PRIME : halves;
    }

    /** Returns the hash of a sum. All its bits are equally good. */
    public long finish(long sum) {
        return mix(sum + salt);
    }

    /* A bijection in which each bit depends on all others (Steele, Lea and Flood, SplittableRandom, 2014). */
    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
